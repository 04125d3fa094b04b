package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.retry.KeyQueues.Failure;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Guards calls with the Resilience4j instances of the guard's name: the bulkhead contains the circuit breaker, which contains the
 * time limiter. In this order, time spent waiting for the bulkhead neither counts as slow nor times out.
 */
class ResilienceGuards implements CallGuards {

    private final CircuitBreakerRegistry circuitBreakers;
    private final BulkheadRegistry bulkheads;
    private final TimeLimiterRegistry timeLimiters;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    ResilienceGuards(
            CircuitBreakerRegistry circuitBreakers, BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters) {
        this.circuitBreakers = circuitBreakers;
        this.bulkheads = bulkheads;
        this.timeLimiters = timeLimiters;
    }

    @Override
    public AfterCall call(String guard, Callable<AfterCall> call, Optional<Duration> limit) throws Exception {
        var usual = timeLimiters.timeLimiter(guard);
        var shorter =
                limit.filter(it -> it.compareTo(usual.getTimeLimiterConfig().getTimeoutDuration()) < 0);
        var timeLimiter = shorter.map(it -> limitedTo(it, usual)).orElse(usual);
        var circuitBreaker = circuitBreakers.circuitBreaker(guard);
        Callable<AfterCall> limited = () -> timeLimiter.executeFutureSupplier(() -> calls.submit(withoutErrors(call)));
        Callable<AfterCall> guarded = () -> judged(circuitBreaker, limited, shorter.isPresent());
        try {
            return bulkheads.bulkhead(guard).executeCallable(guarded);
        } catch (CallNotPermittedException | BulkheadFullException e) {
            throw new DependencyAwayException(e);
        } catch (ErrorException e) {
            throw e.error;
        }
    }

    private static TimeLimiter limitedTo(Duration limit, TimeLimiter usual) {
        return TimeLimiter.of(
                usual.getName(),
                TimeLimiterConfig.from(usual.getTimeLimiterConfig())
                        .timeoutDuration(limit)
                        .build());
    }

    /**
     * Makes a call that the circuit breaker counts, unless the event is at fault: it cannot be handled at all, or has set a
     * shorter limit than the dependency usually has. Otherwise a few such events would open the circuit for all others. A call
     * that an inner guard rejects says nothing about this dependency either.
     */
    private static AfterCall judged(CircuitBreaker circuitBreaker, Callable<AfterCall> limited, boolean limitedByEvent)
            throws Exception {
        circuitBreaker.acquirePermission();
        var begun = circuitBreaker.getCurrentTimestamp();
        try {
            var answer = limited.call();
            circuitBreaker.onResult(took(circuitBreaker, begun), circuitBreaker.getTimestampUnit(), answer);
            return answer;
        } catch (Exception e) {
            if (limitedByEvent && e instanceof TimeoutException
                    || e instanceof DependencyAwayException
                    || Failure.isAlwaysPermanent(e)) {
                circuitBreaker.releasePermission();
            } else {
                circuitBreaker.onError(took(circuitBreaker, begun), circuitBreaker.getTimestampUnit(), e);
            }
            throw e;
        }
    }

    private static long took(CircuitBreaker circuitBreaker, long begun) {
        return circuitBreaker.getCurrentTimestamp() - begun;
    }

    /**
     * Wraps errors in exceptions. When an error passes through a circuit breaker, the breaker does not release its permission,
     * and a half-open one would stay half-open forever.
     */
    private static Callable<AfterCall> withoutErrors(Callable<AfterCall> call) {
        return () -> {
            try {
                return call.call();
            } catch (Error e) {
                throw new ErrorException(e);
            }
        };
    }

    /** Wraps an error, so that it passes through the guards as an exception. */
    private static final class ErrorException extends RuntimeException {

        private final Error error;

        private ErrorException(Error error) {
            super(error);
            this.error = error;
        }
    }

    @Override
    public Set<String> open(Collection<String> guards) {
        return guards.stream()
                .filter(guard -> isOpen(circuitBreakers.circuitBreaker(guard)))
                .collect(Collectors.toSet());
    }

    /** Returns whether the circuit breaker counts the failure and is not closed: calls of other events would fail in the same way. */
    @Override
    public boolean isAway(String guard, Throwable failure) {
        var circuitBreaker = circuitBreakers.circuitBreaker(guard);
        var config = circuitBreaker.getCircuitBreakerConfig();
        return failure instanceof DependencyAwayException
                || circuitBreaker.getState() != CircuitBreaker.State.CLOSED
                        && !Failure.isAlwaysPermanent(failure)
                        && !config.getIgnoreExceptionPredicate().test(failure)
                        && config.getRecordExceptionPredicate().test(failure);
    }

    /**
     * Returns whether the circuit rejects calls. An open circuit that has waited long enough becomes half-open only when a
     * permission is requested.
     */
    private static boolean isOpen(CircuitBreaker circuitBreaker) {
        return switch (circuitBreaker.getState()) {
            case CLOSED, HALF_OPEN, DISABLED, METRICS_ONLY -> false;
            case FORCED_OPEN -> true;
            case OPEN -> {
                var permitted = circuitBreaker.tryAcquirePermission();
                if (permitted) {
                    circuitBreaker.releasePermission();
                }
                yield !permitted;
            }
        };
    }
}

package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.AfterCall;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Circuit breaker, bulkhead and time limiter around an outbound call, by the guard's name. Thread-safe. */
interface CallGuards {

    /**
     * Makes a call under the guard.
     *
     * @param limit time after which the call is useless, if it is shorter than the guard's own limit
     * @throws DependencyAwayException when the guard rejects the call
     * @throws Exception               thrown by the call, or a timeout
     */
    AfterCall call(String guard, Callable<AfterCall> call, Optional<Duration> limit) throws Exception;

    /** Returns the {@code guards} that currently reject all calls. Consumption should pause until the result is empty. */
    Set<String> open(Collection<String> guards);

    /** Returns whether a failure under the guard means that the dependency is unavailable, rather than that the event is at fault. */
    boolean isAway(String guard, Throwable failure);

    /**
     * Thrown when the call was not made, or need not be made, because its dependency is unavailable. The event is not to blame.
     */
    class DependencyAwayException extends RuntimeException {

        DependencyAwayException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Implementation without Resilience4j: handlers must not name a guard. */
    CallGuards NONE = new CallGuards() {
        @Override
        public AfterCall call(String guard, Callable<AfterCall> call, Optional<Duration> limit) {
            throw new IllegalStateException("no guard " + guard);
        }

        @Override
        public boolean isAway(String guard, Throwable failure) {
            return false;
        }

        @Override
        public Set<String> open(Collection<String> guards) {
            if (!guards.isEmpty()) {
                throw new InvalidHandlerException(
                        "Handlers name the guards " + guards + ", but Resilience4j is not on the class path",
                        "Add io.github.resilience4j:resilience4j-spring-boot4, or remove the guards");
            }
            return Set.of();
        }
    };
}

package dev.orderflow.demo.client;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Repeats calls while a service is unavailable, first quickly, then about every two seconds. Only for calls that may be
 * repeated: one that fails for lack of a response may have had its effect. Thread-safe.
 */
public final class Patience {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Retry retry;

    /**
     * Creates the policy.
     *
     * @param atMost how long a service may be unavailable, give or take some seconds; then the call's exception is
     * thrown
     */
    public Patience(Duration atMost) {
        var config = RetryConfig.custom()
                .maxAttempts((int) Math.max(1, atMost.dividedBy(LONGEST)))
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(SHORTEST, 2, 0.3, LONGEST))
                .retryOnException(e -> e instanceof ShopAwayException
                        && !Thread.currentThread().isInterrupted())
                .build();
        this.retry = Retry.of("shop", config);
    }

    /**
     * Calls until the service responds.
     *
     * @throws ShopAwayException when the service has been unavailable for too long
     */
    public <T> T call(Supplier<T> call) {
        return retry.executeSupplier(call);
    }
}

package dev.orderflow.eventing.inbox.limit;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Limits without an application context, for tests of other packages. */
public final class TestLimits {

    private TestLimits() {}

    /** @param events per tenant, handler and period */
    public static TenantLimits of(
            HandlerRegistry handlers, int events, Duration period, LongSupplier nanoTime, MeterRegistry meters) {
        return new TenantLimits(
                new RateLimitProperties(events, period, 1_000, Map.of()), () -> handlers, meters, nanoTime);
    }
}

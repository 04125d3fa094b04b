package dev.orderflow.eventing.inbox.limit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Rate limits of events from source topics, in each instance, per tenant and handler. Events over a limit wait in their topic.
 *
 * @param events   events of one tenant that each handler handles per {@code period}; unset: no limit
 * @param period   time after which counting begins again, 10ms to 1h
 * @param tenants  tenants with a limit of their own per handler; if more are active at once, the others share one
 * @param handlers events per period for individual handlers, by names such as {@code StockEventHandlers.reserve}
 */
@Validated
@ConfigurationProperties("eventing.rate-limit")
record RateLimitProperties(
        @Nullable @Min(1) @Max(1_000_000) Integer events,
        @DefaultValue("1s") Duration period,
        @DefaultValue("1000") @Min(1) @Max(100_000) int tenants,
        @DefaultValue Map<String, @Valid @Min(1) @Max(1_000_000) Integer> handlers) {

    @AssertTrue(message = "period must be 10ms to 1h")
    boolean isConsistent() {
        return period.compareTo(Duration.ofMillis(10)) >= 0 && period.compareTo(Duration.ofHours(1)) <= 0;
    }

    boolean isOff() {
        return events == null && handlers.isEmpty();
    }

    /** Returns the events per period; null for no limit. */
    @Nullable
    Integer of(String handler) {
        return handlers.getOrDefault(handler, events);
    }
}

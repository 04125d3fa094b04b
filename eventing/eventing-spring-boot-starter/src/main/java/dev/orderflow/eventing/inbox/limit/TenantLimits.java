package dev.orderflow.eventing.inbox.limit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.inbox.polling.LaneSource;
import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import dev.orderflow.eventing.wire.ReceivedEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Rate limits per tenant and handler. Created off, all records may be handled. Thread-safe. */
final class TenantLimits implements LaneSource {

    /** Limits of an application that has none. */
    static final TenantLimits NONE = new TenantLimits();

    private final @Nullable RateLimitProperties properties;
    private final @Nullable Supplier<HandlerRegistry> handlers;
    private final @Nullable MeterRegistry meters;
    private final LongSupplier nanoTime;
    private volatile @Nullable Map<String, HandlerLimit> byType;

    private TenantLimits() {
        this.properties = null;
        this.handlers = null;
        this.meters = null;
        this.nanoTime = System::nanoTime;
    }

    TenantLimits(
            RateLimitProperties properties,
            Supplier<HandlerRegistry> handlers,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        this.properties = properties;
        this.handlers = handlers;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** The events of one tenant for one handler. */
    private final class TenantLane implements Lane {

        private final HandlerLimit limit;
        private final String tenant;

        private TenantLane(HandlerLimit limit, String tenant) {
            this.limit = limit;
            this.tenant = tenant;
        }

        @Override
        public boolean acquire() {
            return limit.acquire(tenant);
        }

        @Override
        public boolean isReady() {
            return limit.isReady(tenant);
        }

        @Override
        public String id() {
            return limit.handler() + '\n' + tenant;
        }

        @Override
        public void postponed() {
            if (meters != null) {
                meters.counter("eventing.inbox.postponed", "handler", limit.handler())
                        .increment();
            }
        }
    }

    @Override
    public boolean isIdle() {
        return properties == null;
    }

    @Override
    public @Nullable Lane laneOf(ReceivedEvent event) {
        var type = event.type();
        var limit = type == null ? null : limits().get(type);
        return limit == null ? null : new TenantLane(limit, tenantOf(event));
    }

    /** Events without a tenant share a lane. */
    private static String tenantOf(ReceivedEvent event) {
        var header = event.headers().lastHeader("ce_tenantid");
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private Map<String, HandlerLimit> limits() {
        var known = byType;
        if (known == null) {
            known = properties == null || handlers == null ? Map.of() : limits(handlers.get(), properties);
            byType = known;
        }
        return known;
    }

    /** @throws InvalidConfigurationPropertyValueException when there is no such handler */
    @Override
    public void check() {
        limits();
    }

    private Map<String, HandlerLimit> limits(HandlerRegistry registry, RateLimitProperties configured) {
        for (var name : configured.handlers().keySet()) {
            if (!registry.names().contains(name)) {
                throw new InvalidConfigurationPropertyValueException(
                        "eventing.rate-limit.handlers." + name,
                        configured.handlers().get(name),
                        "There is no such handler. Use only names in " + registry.names() + ".");
            }
        }
        var byHandler = new HashMap<String, HandlerLimit>();
        var limits = new HashMap<String, HandlerLimit>();
        for (var type : registry.types()) {
            var entry = registry.find(type);
            var name = String.valueOf(entry == null ? null : entry.handler());
            var events = configured.of(name);
            if (events != null) {
                limits.put(
                        type,
                        byHandler.computeIfAbsent(
                                name,
                                handler -> new HandlerLimit(
                                        handler, events, configured.period(), configured.tenants(), nanoTime)));
            }
        }
        return Map.copyOf(limits);
    }
}

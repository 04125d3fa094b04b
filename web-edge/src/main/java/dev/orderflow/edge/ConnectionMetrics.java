package dev.orderflow.edge;

import dev.orderflow.edge.connection.GuardedHttp11Protocol;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Gauges of open connections and of the memory that their requests and responses use. */
final class ConnectionMetrics implements MeterBinder {

    private volatile @Nullable GuardedHttp11Protocol connections;

    void of(GuardedHttp11Protocol protocol) {
        connections = protocol;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "edge.connections.open", GuardedHttp11Protocol::openConnections);
        gauge(registry, "edge.connections.max", GuardedHttp11Protocol::getMaxConnections);
        gauge(registry, "edge.connections.pending", GuardedHttp11Protocol::pendingConnections);
        gauge(registry, "edge.memory.held", GuardedHttp11Protocol::heldBytes);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<GuardedHttp11Protocol> value) {
        Gauge.builder(name, this, metrics -> {
                    var known = metrics.connections;
                    return known == null ? 0 : value.applyAsDouble(known);
                })
                .register(registry);
    }
}

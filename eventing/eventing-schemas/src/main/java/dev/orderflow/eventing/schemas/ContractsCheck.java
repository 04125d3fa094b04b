package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Compares schemas with handlers when all beans exist. Fails the start if an older version of a handled event has a schema, and so
 * was published once, but would not reach the handler. Then shows the circuits of the types that are consumed.
 */
class ContractsCheck implements SmartInitializingSingleton {

    private final ObjectProvider<HandlerRegistry> handlers;
    private final EventSchemas schemas;
    private final TypeCircuits circuits;
    private final SchemaMetrics metrics;

    ContractsCheck(
            ObjectProvider<HandlerRegistry> handlers,
            EventSchemas schemas,
            TypeCircuits circuits,
            SchemaMetrics metrics) {
        this.handlers = handlers;
        this.schemas = schemas;
        this.circuits = circuits;
        this.metrics = metrics;
    }

    @Override
    public void afterSingletonsInstantiated() {
        handlers.ifAvailable(this::check);
    }

    private void check(HandlerRegistry registry) {
        for (var type : schemas.types()) {
            if (registry.find(type) == null && handlesNewerThan(type, registry)) {
                throw UpcasterChain.missing(EventVersion.of(type));
            }
        }
        var consumed = schemas.types().stream()
                .filter(type -> registry.find(type) != null)
                .toList();
        circuits.show(consumed);
        circuits.all().forEach(metrics::show);
    }

    private boolean handlesNewerThan(String type, HandlerRegistry registry) {
        var version = EventVersion.of(type);
        return schemas.types().stream()
                .map(EventVersion::of)
                .filter(other -> other.family().equals(version.family()) && other.number() > version.number())
                .anyMatch(newer -> registry.find(newer.type()) != null);
    }
}

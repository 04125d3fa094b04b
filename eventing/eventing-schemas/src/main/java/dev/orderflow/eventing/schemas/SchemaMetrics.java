package dev.orderflow.eventing.schemas;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counters of invalid and unparsed events and the state of circuits, by event type. Only types with a schema are tags. */
class SchemaMetrics {

    private final MeterRegistry registry;

    SchemaMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void violatedByPublisher(String type) {
        violated(type, "published");
    }

    void violatedByConsumed(String type) {
        violated(type, "consumed");
    }

    /** Counts an event that became a dead letter without being parsed. */
    void unparsed(String type) {
        registry.counter("eventing.schemas.unparsed", "type", type).increment();
    }

    /** Counts an event that waits in its topic because its type's circuit is not closed. */
    void postponed(String type) {
        registry.counter("eventing.schemas.postponed", "type", type).increment();
    }

    /** Shows a circuit: 0 closed, 1 half open, 2 open. */
    void show(String type, TypeCircuit circuit) {
        Gauge.builder("eventing.schemas.circuit", circuit, it -> it.state().ordinal())
                .tag("type", type)
                .register(registry);
    }

    private void violated(String type, String direction) {
        registry.counter("eventing.schemas.violations", "type", type, "direction", direction)
                .increment();
    }
}

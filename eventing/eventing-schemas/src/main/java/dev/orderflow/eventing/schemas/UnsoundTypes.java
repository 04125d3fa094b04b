package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.inbox.polling.LaneSource;
import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import dev.orderflow.eventing.wire.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Limits the pace at which events of a type whose circuit is not closed become dead letters. The others wait in their topic, where
 * they delay no event of another type. When the circuit closes, or when so many wait that they would be in the way, all may be
 * handled. Thread-safe.
 */
final class UnsoundTypes implements LaneSource {

    private final TypeCircuits circuits;
    private final SchemaMetrics metrics;

    UnsoundTypes(TypeCircuits circuits, SchemaMetrics metrics) {
        this.circuits = circuits;
        this.metrics = metrics;
    }

    @Override
    public boolean isIdle() {
        return circuits.areClosed();
    }

    @Override
    public @Nullable Lane laneOf(ReceivedEvent event) {
        var type = event.type();
        var circuit = type == null ? null : circuits.find(type);
        return circuit == null || circuit.isClosed() ? null : new TypeLane(circuit);
    }

    private final class TypeLane implements Lane {

        private final TypeCircuit circuit;

        private TypeLane(TypeCircuit circuit) {
            this.circuit = circuit;
        }

        @Override
        public boolean acquire() {
            return circuit.isClosed() || circuit.pace().acquire();
        }

        @Override
        public boolean isReady() {
            return circuit.isClosed() || circuit.pace().isReady();
        }

        /** They are not to be lost, nor to fill the topic, for the sake of a pace. */
        @Override
        public boolean isLiftedByCrowds() {
            return true;
        }

        @Override
        public String id() {
            return "type\n" + circuit.type();
        }

        @Override
        public void postponed() {
            metrics.postponed(circuit.type());
        }
    }
}

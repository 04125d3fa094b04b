package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.inbox.ConsumptionListener;
import dev.orderflow.eventing.retry.KeyQueues.Move;

/**
 * Notes an invalid event in its type's circuit once it is a committed dead letter. A record is read again for as long as its
 * transaction fails, so counting what is read would open the circuit of a type with a single invalid event during an outage.
 */
final class CommittedViolations implements ConsumptionListener {

    private final TypeCircuits circuits;

    CommittedViolations(TypeCircuits circuits) {
        this.circuits = circuits;
    }

    @Override
    public void moved(Move move) {
        if (move instanceof Move.Died died && died.exception() == SchemaViolationException.class) {
            circuits.of(died.type()).failed();
        }
    }
}

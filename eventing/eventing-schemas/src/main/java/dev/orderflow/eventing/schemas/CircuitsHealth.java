package dev.orderflow.eventing.schemas;

import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows the circuits that are not closed. Always {@code UP}: neither a new process nor fewer requests would make the events of
 * another service valid.
 */
class CircuitsHealth implements HealthIndicator {

    private final TypeCircuits circuits;

    CircuitsHealth(TypeCircuits circuits) {
        this.circuits = circuits;
    }

    @Override
    public Health health() {
        var notClosed = new TreeMap<String, Object>();
        circuits.all().forEach((type, circuit) -> {
            if (circuit.state() != TypeCircuit.State.CLOSED) {
                notClosed.put(type, circuit.state());
            }
        });
        return Health.up().withDetails(notClosed).build();
    }
}

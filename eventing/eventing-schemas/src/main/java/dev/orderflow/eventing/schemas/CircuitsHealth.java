package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.schemas.TypeCircuit.Mode;
import dev.orderflow.eventing.schemas.TypeCircuit.State;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Shows the circuits that are not closed or that an operator has set, with the operator's mode. Always {@code UP}: neither a new process nor fewer requests would make the events of
 * another service valid.
 */
class CircuitsHealth implements HealthIndicator {

    private static final Circuit USUAL = new Circuit(State.CLOSED, Mode.AUTO);

    private final TypeCircuits circuits;

    CircuitsHealth(TypeCircuits circuits) {
        this.circuits = circuits;
    }

    @Override
    public Health health() {
        var notable = new TreeMap<String, Object>();
        circuits.all().forEach((type, circuit) -> {
            var shown = new Circuit(circuit.state(), circuit.mode());
            if (!shown.equals(USUAL)) {
                notable.put(type, shown);
            }
        });
        return Health.up().withDetails(notable).build();
    }

    /** A circuit in the answer. */
    record Circuit(State state, Mode mode) {}
}

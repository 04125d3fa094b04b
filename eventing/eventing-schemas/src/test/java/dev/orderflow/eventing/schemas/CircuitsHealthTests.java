package dev.orderflow.eventing.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.schemas.CircuitsHealth.Circuit;
import dev.orderflow.eventing.schemas.TypeCircuit.Mode;
import dev.orderflow.eventing.schemas.TypeCircuit.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class CircuitsHealthTests {

    private static final List<String> TYPES = List.of("test.noted.v1", "test.ordered.v1");

    private final TypeCircuits circuits = new TypeCircuits(
            TYPES, new TypeCircuit.Settings(1, Duration.ofMinutes(1), Duration.ofMinutes(1), 1, 200), () -> 0);
    private final CircuitsHealth health = new CircuitsHealth(circuits);

    @BeforeEach
    void show() {
        circuits.show(TYPES);
    }

    @Test
    void closedCircuitsThatDecideThemselvesAreNotShown() {
        assertThat(health.health().getDetails()).isEmpty();
    }

    @Test
    void anOpenCircuitIsShownAndNothingIsDown() {
        circuits.of("test.noted.v1").failed();

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getDetails()).isEqualTo(Map.of("test.noted.v1", new Circuit(State.OPEN, Mode.AUTO)));
    }

    /** Nothing else reminds the operator of it. */
    @Test
    void aCircuitThatAnOperatorHasSetIsShownWhateverItsState() {
        circuits.switchTo("test.noted.v1", Mode.CLOSED);
        circuits.switchTo("test.ordered.v1", Mode.OPEN);

        assertThat(health.health().getDetails())
                .isEqualTo(Map.of(
                        "test.noted.v1", new Circuit(State.CLOSED, Mode.CLOSED),
                        "test.ordered.v1", new Circuit(State.OPEN, Mode.OPEN)));
    }
}

package dev.orderflow.eventing.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.schemas.TypeCircuit.Mode;
import dev.orderflow.eventing.schemas.TypeCircuit.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TypeCircuitTests {

    private final AtomicLong nanos = new AtomicLong();
    private final TypeCircuit circuit = new TypeCircuit(
            "test.v1", new TypeCircuit.Settings(3, Duration.ofSeconds(10), Duration.ofSeconds(5), 2, 200), nanos::get);

    @Test
    void enoughFailuresWithinTheWindowOpenIt() {
        fail(2);
        assertThat(circuit.isParsing()).isTrue();

        fail(1);

        assertThat(circuit.isParsing()).isFalse();
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void failuresOutsideOfTheWindowDoNotCount() {
        fail(2);
        pass(Duration.ofSeconds(11));
        fail(2);

        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(circuit.recentFailures()).isEqualTo(2);
    }

    @Test
    void validEventsBetweenFailuresChangeNothing() {
        fail(2);
        circuit.succeeded();
        fail(1);

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void validProbesCloseIt() {
        fail(3);
        pass(Duration.ofSeconds(5));

        assertThat(circuit.isParsing()).isTrue();
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        circuit.succeeded();
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        circuit.succeeded();
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(circuit.recentFailures()).isZero();
    }

    @Test
    void anInvalidProbeCountsBeforeItIsCommitted() {
        circuit.probeFailed();
        assertThat(circuit.recentFailures()).isZero();
        fail(3);
        pass(Duration.ofSeconds(5));
        assertThat(circuit.isParsing()).isTrue();

        circuit.probeFailed();
        circuit.succeeded();
        circuit.succeeded();

        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void anInvalidProbeOpensItAgainForAnotherPause() {
        fail(3);
        pass(Duration.ofSeconds(5));
        assertThat(circuit.isParsing()).isTrue();
        circuit.succeeded();
        fail(1);

        assertThat(circuit.isParsing()).isFalse();
        pass(Duration.ofSeconds(5));
        assertThat(circuit.isParsing()).isTrue();
    }

    @Test
    void anOperatorKeepsItOpenOrClosed() {
        circuit.switchTo(Mode.OPEN);
        pass(Duration.ofDays(1));
        assertThat(circuit.isParsing()).isFalse();

        circuit.switchTo(Mode.CLOSED);
        fail(100);
        assertThat(circuit.isParsing()).isTrue();
    }

    @Test
    void anOperatorLetsItDecideAgain() {
        circuit.switchTo(Mode.OPEN);
        circuit.switchTo(Mode.AUTO);
        assertThat(circuit.isParsing()).isFalse();

        pass(Duration.ofSeconds(5));
        assertThat(circuit.isParsing()).isTrue();
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
    }

    private void fail(int times) {
        for (var time = 0; time < times; time++) {
            circuit.failed();
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}

package dev.orderflow.eventing.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerCallTests {

    private final ListenerCall call = new ListenerCall(100);

    @AfterEach
    void clearInterruption() {
        Thread.interrupted();
    }

    @Test
    void aCallIsInterruptedOnceItsTimeIsOver() {
        call.begin();

        assertThat(call.look(1_000)).isTrue();
        assertThat(call.look(1_099)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(call.look(1_100)).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(call.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void theTimeOfACallIsNotThatOfTheNext() {
        call.begin();
        call.look(1_000);
        call.end();
        call.begin();

        assertThat(call.look(1_100)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(call.end()).isFalse();
    }

    @Test
    void aCallThatDoesNotReturnIsReported() {
        call.begin();
        call.look(1_000);
        call.look(1_100);

        assertThat(call.look(1_199)).isTrue();
        assertThat(call.look(1_200)).isFalse();
    }

    @Test
    void nothingIsInterruptedBetweenCalls() {
        call.begin();
        call.look(1_000);
        call.end();

        assertThat(call.look(9_000)).isTrue();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}

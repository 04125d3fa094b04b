package dev.orderflow.eventing.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTests {

    @Test
    void theInnermostCauseIsTheRootCause() {
        var failure =
                Failure.of(new IllegalStateException("outer", new RuntimeException(new ArithmeticException("by 0"))));

        assertThat(failure)
                .isEqualTo(new Failure(
                        "java.lang.IllegalStateException",
                        "outer",
                        "java.lang.ArithmeticException: by 0",
                        "java.lang.ArithmeticException: by <n>"));
    }

    @Test
    void anExceptionWithoutAMessageOrACauseIsItsOwnRootCause() {
        assertThat(Failure.of(new IllegalStateException()))
                .isEqualTo(new Failure(
                        "java.lang.IllegalStateException",
                        null,
                        "java.lang.IllegalStateException",
                        "java.lang.IllegalStateException"));
    }

    @Test
    void longMessagesAreCutBetweenCharacters() {
        var failure = Failure.of(new IllegalStateException("x".repeat(1_999) + "😀"));

        assertThat(failure.message()).isEqualTo("x".repeat(1_999));
        assertThat(failure.rootCause()).hasSize(1_000).startsWith("java.lang.IllegalStateException: xxx");
    }

    @Test
    void charactersThatTheDatabaseRefusesAreReplaced() {
        assertThat(Failure.of(new IllegalStateException("a\0b")).message()).isEqualTo("a\uFFFDb");
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        var one = new IllegalStateException("one");
        one.initCause(new RuntimeException("other", one));

        assertThat(Failure.of(one).rootCause()).isNotEmpty();
    }
}

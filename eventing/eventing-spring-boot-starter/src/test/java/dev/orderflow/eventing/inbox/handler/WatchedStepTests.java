package dev.orderflow.eventing.inbox.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchedStepTests {

    private final WatchedStep step = new WatchedStep(Duration.ofHours(1), closed -> {}, recovered -> {});

    @Test
    void anEventsOwnLimitCountsIfItIsShorter() {
        step.begin(UUID.randomUUID(), "handler", Optional.of(Duration.ofMillis(1)));

        await().until(step::interruptIfLate);
        assertThat(step.overrunIfLate(Duration.ZERO))
                .as("only the usual limit ends a process")
                .isFalse();
        assertThat(step.end(new IllegalStateException("interrupted")))
                .hasMessage("took longer than PT0.001S, until its deadline");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void theNextStepHasTheUsualLimit() {
        step.begin(UUID.randomUUID(), "handler", Optional.of(Duration.ofMillis(1)));
        step.end();
        step.begin(UUID.randomUUID(), "handler");

        assertThat(step.describe()).endsWith("limit=PT1H");
        step.end();
    }
}

package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.NotRetryable;
import dev.orderflow.eventing.wire.UndecodableEventException;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPolicyTests {

    private static final RuntimeException PASSING = new IllegalStateException("passes");

    private final RetryPolicy policy = new RetryPolicy(
            new RetryPolicy.Schedule(3, Duration.ofSeconds(1), 10, Duration.ofSeconds(60), 0.2),
            Map.of(
                    "Handlers.patient", new RetryPolicy.Schedule(5, Duration.ofSeconds(2), 1, Duration.ofSeconds(2), 0),
                    "Handlers.hasty", new RetryPolicy.Schedule(0, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0)),
            Set.of(IOException.class));

    @NotRetryable
    private static class Useless extends RuntimeException {}

    private static class MoreUseless extends Useless {}

    @Test
    void delaysGrowUpToTheLongestAndAreLengthenedByAtMostTheirJitter() {
        for (var round = 0; round < 100; round++) {
            assertThat(policy.delayAfter(PASSING, 1, null).getAsLong()).isBetween(1_000L, 1_200L);
            assertThat(policy.delayAfter(PASSING, 2, null).getAsLong()).isBetween(10_000L, 12_000L);
            assertThat(policy.delayAfter(PASSING, 3, null).getAsLong()).isBetween(60_000L, 72_000L);
        }
    }

    @Test
    void afterTheLastLevelThereIsNoRetry() {
        assertThat(policy.delayAfter(PASSING, 4, null)).isEmpty();
    }

    @Test
    void aHandlerMayHaveAScheduleOfItsOwn() {
        assertThat(policy.delayAfter(PASSING, 5, "Handlers.patient")).hasValue(2_000);
        assertThat(policy.delayAfter(PASSING, 6, "Handlers.patient")).isEmpty();
        assertThat(policy.delayAfter(PASSING, 1, "Handlers.hasty")).isEmpty();
        assertThat(policy.delayAfter(PASSING, 3, "Handlers.other")).isPresent();
    }

    @Test
    void thereAreTopicsForTheHandlerWithMostLevels() {
        assertThat(policy.topics()).isEqualTo(5);
        assertThat(new RetryTopics("group", policy.topics()).all())
                .containsExactlyInAnyOrder(
                        "group.retry-1",
                        "group.retry-2",
                        "group.retry-3",
                        "group.retry-4",
                        "group.retry-5",
                        "group.dlt");
    }

    @Test
    void whatIsMarkedOrConfiguredAsSuchIsPermanentWhereverItStandsInTheChainOfCauses() {
        assertThat(policy.isPermanent(new Useless())).isTrue();
        assertThat(policy.isPermanent(new MoreUseless())).isTrue();
        assertThat(policy.isPermanent(new UndecodableEventException("not JSON")))
                .isTrue();
        assertThat(policy.isPermanent(new ConstraintViolationException(Set.of())))
                .isTrue();
        assertThat(policy.isPermanent(new UncheckedIOException(new IOException("configured"))))
                .isTrue();
        assertThat(policy.isPermanent(new IllegalStateException(new Useless()))).isTrue();
        assertThat(policy.isPermanent(PASSING)).isFalse();
        assertThat(policy.delayAfter(new Useless(), 1, null)).isEmpty();
    }
}

package dev.orderflow.hub.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CausalOrderTests {

    private final CausalOrder order = new CausalOrder(event -> null);

    @Test
    void anEffectFollowsItsCauseThoughItsClockIsBehind() {
        var placed = event("placed", "request", 100);
        var reserved = event("reserved", "placed", 50);
        var paid = event("paid", "reserved", 70);

        assertThat(order.sort(List.of(paid, reserved, placed))).containsExactly(placed, reserved, paid);
    }

    @Test
    void unrelatedEventsAreInTheOrderOfTheirTimes() {
        var first = event("a", "x", 1);
        var second = event("b", "y", 2);

        assertThat(order.sort(List.of(second, first))).containsExactly(first, second);
    }

    @Test
    void causesThatFormACircleAreNotLost() {
        var one = event("a", "b", 1);
        var other = event("b", "a", 2);
        var self = event("c", "c", 3);

        assertThat(order.sort(List.of(other, self, one))).containsExactly(self, one, other);
    }

    @Test
    void theOrderDependsOnTheEventsOnly() {
        var random = new Random(7);
        var events = new ArrayList<TimelineEvent>();
        for (var number = 0; number < 50; number++) {
            events.add(event("e" + number, "e" + random.nextInt(50), random.nextInt(10)));
        }
        var expected = order.sort(events);

        for (var round = 0; round < 20; round++) {
            Collections.shuffle(events, random);
            assertThat(order.sort(events)).isEqualTo(expected);
        }
    }

    private static TimelineEvent event(String id, String cause, long second) {
        return new TimelineEvent(
                UUID.nameUUIDFromBytes(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                1,
                id,
                "s",
                "t",
                "k",
                "topic",
                Instant.ofEpochSecond(second),
                Instant.ofEpochSecond(second),
                1,
                "c",
                cause);
    }
}

package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventContextTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @Test
    void theDeadlineItselfIsTooLate() {
        assertThat(until(null).isExpired(CLOCK)).isFalse();
        assertThat(until(NOON.plusMillis(1)).isExpired(CLOCK)).isFalse();
        assertThat(until(NOON).isExpired(CLOCK)).isTrue();
    }

    @Test
    void aCallHasTheRemainingTimeButAtLeastATenthOfASecond() {
        assertThat(until(null).remaining(CLOCK)).isEmpty();
        assertThat(until(NOON.plusSeconds(3)).remaining(CLOCK)).contains(Duration.ofSeconds(3));
        assertThat(until(NOON.plusMillis(7)).remaining(CLOCK)).contains(Duration.ofMillis(100));
        assertThat(until(NOON.minusSeconds(3)).remaining(CLOCK)).contains(Duration.ofMillis(100));
    }

    @Test
    void theEarlierEndIsTheDeadline() {
        assertThat(until(null).until(NOON)).isEqualTo(until(NOON));
        assertThat(until(NOON.plusMillis(1)).until(NOON)).isEqualTo(until(NOON));
        assertThat(until(NOON.minusMillis(1)).until(NOON)).isEqualTo(until(NOON.minusMillis(1)));
    }

    @Test
    void closingAScopeRestoresTheOuterContext() {
        var outer = until(NOON);
        var outerScope = outer.open();
        var inner = until(null).open();
        inner.close();
        assertThat(EventContext.current()).isSameAs(outer);
        outerScope.close();
        assertThat(EventContext.current()).isSameAs(EventContext.none());
    }

    private static EventContext until(@Nullable Instant deadline) {
        return new EventContext(null, null, null, null, EventPriority.NORMAL, deadline, null, null);
    }
}

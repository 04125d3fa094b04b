package dev.orderflow.eventing.inbox.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandlerLimitTests {

    private static final Duration PERIOD = Duration.ofHours(1);

    private long now;
    private final HandlerLimit limit = new HandlerLimit("Handlers.handle", 2, PERIOD, 3, () -> now);

    @Test
    void eachTenantHasItsOwnLimit() {
        assertThat(limit.acquire("a")).isTrue();
        assertThat(limit.acquire("a")).isTrue();
        assertThat(limit.isReady("a")).isFalse();
        assertThat(limit.acquire("a")).isFalse();

        assertThat(limit.acquire("b")).isTrue();
        assertThat(limit.acquire("")).isTrue();
    }

    @Test
    void tenantsBeyondTheBoundShareOneLimit() {
        limit.acquire("a");
        limit.acquire("b");
        limit.acquire("c");

        assertThat(limit.acquire("d")).isTrue();
        assertThat(limit.acquire("e")).isTrue();
        assertThat(limit.acquire("f")).isFalse();
        assertThat(limit.acquire("a")).isTrue();
    }

    @Test
    void aTenantThatWasIdleForLongMakesRoom() {
        limit.acquire("a");
        now = PERIOD.toNanos();
        limit.acquire("b");
        limit.acquire("c");
        limit.acquire("d");
        limit.acquire("d");
        assertThat(limit.acquire("d")).as("shares the rest").isFalse();

        now = PERIOD.multipliedBy(2).toNanos() + 1;

        assertThat(limit.acquire("d")).as("in place of a").isTrue();
    }

    @Test
    void aLongNameIsNotKept() {
        var name = "x".repeat(201);

        assertThat(limit.acquire(name)).isTrue();
        assertThat(limit.acquire(name + "y")).isTrue();
        assertThat(limit.acquire(name + "z")).as("share the rest").isFalse();
    }
}

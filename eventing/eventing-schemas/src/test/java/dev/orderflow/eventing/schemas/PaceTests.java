package dev.orderflow.eventing.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTests {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final Pace pace = new Pace(2, nanos::get);

    @Test
    void soManyEventsMayPassPerSecond() {
        assertThat(pace.acquire()).isTrue();
        assertThat(pace.acquire()).isTrue();
        assertThat(pace.acquire()).isFalse();
        assertThat(pace.isReady()).isFalse();
    }

    @Test
    void eachSecondBeginsAnewAlsoWhereTheClockOverflows() {
        pace.acquire();
        pace.acquire();

        nanos.addAndGet(SECOND - 1);
        assertThat(pace.isReady()).isFalse();
        nanos.addAndGet(1);

        assertThat(pace.isReady()).isTrue();
        assertThat(pace.acquire()).isTrue();
    }

    @Test
    void whatWasNotUsedDoesNotAddUp() {
        nanos.addAndGet(100 * SECOND);

        assertThat(pace.acquire()).isTrue();
        assertThat(pace.acquire()).isTrue();
        assertThat(pace.acquire()).isFalse();
    }
}

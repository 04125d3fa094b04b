package dev.orderflow.eventing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTests {

    /** The bucket is stored with every row: another result would let events of one key overtake each other. */
    @Test
    void theDivisionNeverChanges() {
        assertThat(Buckets.of("order-events", "a")).isEqualTo(6);
        assertThat(Buckets.of("order-events", "b")).isEqualTo(2);
    }

    @Test
    void keysAreSpreadEvenly() {
        var counts = IntStream.range(0, 16_000)
                .map(number -> Buckets.of("order-events", "order-" + number))
                .collect(() -> new int[Buckets.COUNT], (all, bucket) -> all[bucket]++, (one, other) -> {});

        assertThat(IntStream.of(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(800, 1200));
    }
}

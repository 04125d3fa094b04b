package dev.orderflow.eventing.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashingTests {

    private static final int KEYS = 20_000;

    @Test
    void keysThatMoveToMoreLanesMoveToTheAddedOnes() {
        for (var lanes = 1; lanes < 12; lanes++) {
            var more = lanes + 1;
            var moved = 0;
            for (var i = 0; i < KEYS; i++) {
                var before = Hashing.lane("order-" + i, lanes);
                var after = Hashing.lane("order-" + i, more);
                if (before != after) {
                    assertThat(after).isEqualTo(lanes);
                    moved++;
                }
            }

            assertThat(moved).isCloseTo(KEYS / more, within(KEYS / 50));
        }
    }

    @Test
    void similarKeysSpreadOverTheLanes() {
        var counts = new int[4];

        IntStream.range(0, KEYS).forEach(i -> counts[Hashing.lane(Integer.toString(i), 4)]++);

        Arrays.stream(counts).forEach(count -> assertThat(count).isCloseTo(KEYS / 4, within(KEYS / 50)));
    }
}

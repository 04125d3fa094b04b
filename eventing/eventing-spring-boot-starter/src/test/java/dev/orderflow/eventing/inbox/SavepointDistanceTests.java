package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SavepointDistanceTests {

    private static final int LARGEST_BATCH = 10_000;

    private final BatchSavepoints.Distance distance = new BatchSavepoints.Distance();

    @Test
    void aBatchHasOneSavepointWhileNothingFails() {
        distance.succeeded(LARGEST_BATCH);

        assertThat(distance.size()).isGreaterThan(LARGEST_BATCH);
    }

    @Test
    void theMoreOftenEventsFailTheCloserAreTheSavepoints() {
        fail(1_000);
        var atOneInAThousand = distance.size();
        fail(100);
        var atOneInAHundred = distance.size();
        fail(1);

        assertThat(atOneInAThousand).isBetween(40, 80);
        assertThat(atOneInAHundred).isBetween(14, 22);
        assertThat(distance.size()).isBetween(1, 3);
    }

    @Test
    void failuresOfThePastAreForgotten() {
        fail(100);

        distance.succeeded(20_000);

        assertThat(distance.size()).isGreaterThan(LARGEST_BATCH);
    }

    /** Lets one of {@code every} events fail, long enough to fill the memory. */
    private void fail(int every) {
        for (var failure = 0; failure < 10_000 / every; failure++) {
            distance.succeeded(every);
            distance.failed();
        }
    }
}

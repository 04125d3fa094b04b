package dev.orderflow.eventing.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Loop.LoopStatus.State;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTests {

    private static final Duration LONGEST_STEP = Duration.ofMinutes(15);

    private long now = Long.MAX_VALUE - 1_000; // Wraps around, as it may.
    private final Progress progress = new Progress("test", () -> now);

    @Test
    void errorsThatKeepComingAskForANewProcessUntilTheyStop() {
        IntStream.range(0, 9).forEach(round -> failBy(new NoClassDefFoundError()));
        assertThat(status().state()).isEqualTo(State.FAILING);

        failBy(new NoClassDefFoundError());
        assertThat(status().state()).isEqualTo(State.BROKEN);
        assertThat(status().needsRestart(LONGEST_STEP)).isTrue();
        assertThat(status().failure()).isEqualTo("java.lang.NoClassDefFoundError");

        progress.succeeded();
        assertThat(status().needsRestart(LONGEST_STEP)).isTrue();
        pass(Duration.ofMinutes(6));
        assertThat(status().needsRestart(LONGEST_STEP)).isFalse();
    }

    @Test
    void seldomErrorsDoNotAskForANewProcess() {
        IntStream.range(0, 100).forEach(round -> {
            failBy(new AssertionError());
            pass(Duration.ofMinutes(1));
            progress.succeeded();
        });

        assertThat(status().needsRestart(LONGEST_STEP)).isFalse();
    }

    /** A database or a broker is unavailable for a day. */
    @Test
    void exceptionsNeverAskForANewProcess() {
        IntStream.range(0, 20_000).forEach(round -> failBy(new IllegalStateException("away")));

        assertThat(status().state()).isEqualTo(State.FAILING);
        assertThat(status().needsRestart(LONGEST_STEP)).isFalse();
    }

    @Test
    void aStepThatNeverEndsAsksForANewProcess() {
        progress.works();
        pass(Duration.ofMinutes(14));
        progress.made();
        pass(Duration.ofMinutes(14));
        assertThat(status().needsRestart(LONGEST_STEP)).isFalse();

        pass(Duration.ofMinutes(2));
        assertThat(status().needsRestart(LONGEST_STEP)).isTrue();
    }

    @Test
    void aLongRestDoesNotAskForANewProcess() {
        progress.works();
        progress.succeeded();
        progress.rests();
        pass(Duration.ofHours(1));

        assertThat(status().state()).isEqualTo(State.RESTING);
        assertThat(status().needsRestart(LONGEST_STEP)).isFalse();
    }

    @Test
    void aThreadThatWasNotToldToEndIsMissed() {
        assertThat(progress.status(true, false).needsRestart(LONGEST_STEP)).isTrue();
        assertThat(progress.status(false, false).needsRestart(LONGEST_STEP)).isFalse();
    }

    private void failBy(Throwable failure) {
        progress.works();
        progress.failed(failure);
        progress.rests();
        pass(Duration.ofSeconds(5));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private LoopStatus status() {
        return progress.status(true, true);
    }
}

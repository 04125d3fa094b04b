package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionOperations;

class HoldSweeperTests {

    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, IllegalStateException.class})
    void holdsAreSweptAfterAFailureWhichIsShown(Class<? extends Throwable> failure) {
        var recovery = mock(HoldRecovery.class);
        when(recovery.hasLeftBehind()).thenThrow(failure).thenReturn(false);
        var sweeper = new HoldSweeper(
                recovery, TransactionOperations.withoutTransaction(), Duration.ofMinutes(5), () -> false);

        sweeper.start();

        await().until(() -> failure.getName().equals(status(sweeper).failure()));
        await().untilAsserted(() -> verify(recovery, atLeast(2)).hasLeftBehind());
        await().untilAsserted(() -> assertThat(status(sweeper).state()).isEqualTo(LoopStatus.State.RESTING));
        sweeper.stop();
        assertThat(status(sweeper).state()).isEqualTo(LoopStatus.State.STOPPED);
    }

    private static LoopStatus status(HoldSweeper sweeper) {
        return sweeper.loops().stream().map(Loop::status).findFirst().orElseThrow();
    }
}

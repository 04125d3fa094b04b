package dev.orderflow.eventing.admin.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Looping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayWorkerTests {

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("test"),
                new StackOverflowError("test"),
                new NoClassDefFoundError("test"),
                new AssertionError("test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void replaysGoOnAfterAnError(Error error) {
        var chunks = mock(ReplayChunks.class);
        when(chunks.running()).thenThrow(error).thenReturn(List.of(UUID.randomUUID()));
        when(chunks.advance(any())).thenThrow(error).thenReturn(Optional.of(Duration.ofMillis(1)));
        var worker = new ReplayWorker(chunks);

        worker.start();

        await().untilAsserted(() -> verify(chunks, atLeast(3)).advance(any()));
        assertWell(worker);
        worker.stop();
    }

    private static void assertWell(Looping looping) {
        await().untilAsserted(() -> assertThat(looping.loops())
                .extracting(Loop::status)
                .allSatisfy(status -> {
                    assertThat(status.state()).isIn(LoopStatus.State.RESTING, LoopStatus.State.WORKING);
                    assertThat(status.failure()).isNull();
                }));
    }
}

package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.LoopStatus;
import dev.orderflow.eventing.loop.Looping;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoldGaugesTests {

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("test"),
                new StackOverflowError("test"),
                new NoClassDefFoundError("test"),
                new AssertionError("test"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void gaugesAreRefreshedAfterAnError(Error error) {
        var tallies = mock(HoldGauges.Tallies.class);
        when(tallies.read()).thenThrow(error).thenReturn(List.of());
        var gauges = new HoldGauges(
                tallies, new SimpleMeterRegistry(), "test", new EventTypeTag(Set::of), Duration.ofMillis(1));

        gauges.start();

        await().untilAsserted(() -> verify(tallies, atLeast(3)).read());
        assertWell(gauges);
        gauges.stop();
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

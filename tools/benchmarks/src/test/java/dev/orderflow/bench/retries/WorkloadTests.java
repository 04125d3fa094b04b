package dev.orderflow.bench.retries;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.bench.retries.CounterEvent.Advanced;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTests {

    private final Workload workload = Workload.create("a", 1, 1_000, 0.01, 0.001);

    @Test
    void eachCounterAdvancesFiveTimesInItsOrder() {
        assertThat(workload.published())
                .hasSize(200)
                .allSatisfy((counter, values) -> assertThat(values).containsExactly(1, 2, 3, 4, 5));
    }

    @Test
    void asManyFailAsAskedForEachOnACounterOfItsOwn() {
        assertThat(workload.passing()).hasSize(10);
        assertThat(workload.lasting()).hasSize(1);
        var failing = new HashSet<>(workload.passing());
        failing.addAll(workload.lasting());
        assertThat(failing.stream().map(Advanced::counter).collect(toSet())).hasSize(11);
    }

    @Test
    void unaffectedIsWhatNeitherFailsNorComesBehindAFailure() {
        var failing = new HashSet<>(workload.passing());
        failing.addAll(workload.lasting());

        assertThat(workload.events())
                .allSatisfy(event -> assertThat(workload.unaffected().contains(event))
                        .isEqualTo(failing.stream()
                                .noneMatch(failed ->
                                        failed.counter().equals(event.counter()) && failed.value() <= event.value())));
    }

    @Test
    void theBaselineHasTheSameEventsUnderOtherNames() {
        var other = Workload.create("b", 1, 1_000, 0.01, 0.001);

        assertThat(renamed(other.events())).isEqualTo(renamed(workload.events()));
        assertThat(renamed(List.copyOf(other.unaffected())))
                .containsExactlyInAnyOrderElementsOf(renamed(List.copyOf(workload.unaffected())));
    }

    private static List<Advanced> renamed(List<Advanced> events) {
        return events.stream()
                .map(event -> new Advanced(event.counter().substring(1), event.value()))
                .toList();
    }
}

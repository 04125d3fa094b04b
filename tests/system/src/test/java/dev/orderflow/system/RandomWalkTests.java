package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.system.RandomWalk.Action;
import dev.orderflow.system.RandomWalk.Fault;
import dev.orderflow.system.RandomWalk.Kind;
import dev.orderflow.system.RandomWalk.Placing;
import dev.orderflow.system.RandomWalk.Step;
import org.junit.jupiter.api.Test;

class RandomWalkTests {

    @Test
    void theSameSeedMakesTheSameSchedule() {
        assertThat(RandomWalk.of(7, 2_000)).isEqualTo(RandomWalk.of(7, 2_000)).isNotEqualTo(RandomWalk.of(8, 2_000));
    }

    @Test
    void aLongWalkHasEachStepAndEachFault() {
        var walk = RandomWalk.of(7, 20_000);

        assertThat(walk.steps()).hasSize(20_000);
        assertThat(walk.steps()).extracting(Step::placing).contains(Placing.values());
        assertThat(walk.steps()).extracting(Step::action).contains(Action.values());
        assertThat(walk.faults()).hasSize(100);
        assertThat(walk.faults()).extracting(Fault::kind).contains(Kind.values());
        assertThat(walk.faults())
                .filteredOn(fault -> fault.kind() == Kind.DUPLICATES)
                .hasSize(1);
    }
}

package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTests {

    @Test
    void theFirstItemsThatFitTogetherAreChosen() {
        assertThat(ByteBudget.fitting(List.of(3L, 3L, 5L, 1L), bytes -> bytes, 10))
                .containsExactly(3L, 3L);
        assertThat(ByteBudget.fitting(List.of(3L, 3L, 4L, 1L), bytes -> bytes, 10))
                .containsExactly(3L, 3L, 4L);
        assertThat(ByteBudget.fitting(List.<Long>of(), bytes -> bytes, 10)).isEmpty();
    }

    @Test
    void oneThatIsLargerThanTheBudgetComesAlone() {
        assertThat(ByteBudget.fitting(List.of(11L, 0L), bytes -> bytes, 10)).containsExactly(11L);
    }

    @Test
    void slicesHaveAllItemsInTheirOrder() {
        assertThat(ByteBudget.slices(List.of(4L, 7L, 3L, 20L, 1L), bytes -> bytes, 10))
                .containsExactly(List.of(4L), List.of(7L, 3L), List.of(20L), List.of(1L));
    }
}

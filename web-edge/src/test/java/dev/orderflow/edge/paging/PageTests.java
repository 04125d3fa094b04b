package dev.orderflow.edge.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTests {

    @Test
    void anExtraRowShowsThatThereIsAnotherPage() {
        assertThat(Page.of(List.of("a", "b", "c"), 2, item -> "after " + item))
                .isEqualTo(new Page<>(List.of("a", "b"), "after b"));
    }

    @Test
    void theLastPageHasNoCursorEvenIfItIsFull() {
        assertThat(Page.of(List.of("a", "b"), 2, item -> "after " + item))
                .isEqualTo(new Page<>(List.of("a", "b"), null));
    }

    @Test
    void anEmptyListIsOnePage() {
        assertThat(Page.of(List.<String>of(), 2, item -> item)).isEqualTo(new Page<>(List.of(), null));
    }
}

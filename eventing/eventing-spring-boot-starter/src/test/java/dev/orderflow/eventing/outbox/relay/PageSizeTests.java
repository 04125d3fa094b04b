package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageSizeTests {

    private static final int MEGABYTE = 1 << 20;

    private final PageSize size = new PageSize(5_000);

    @Test
    void pagesOfSmallRowsGrowUpToTheMost() {
        assertThat(size.rows()).isEqualTo(10);
        for (var page = 0; page < 10; page++) {
            size.read(rows(size.rows(), 100));
        }
        assertThat(size.rows()).isBetween(3_000, 5_000);
    }

    @Test
    void pagesOfLargeRowsShrinkAtOnce() {
        for (var page = 0; page < 10; page++) {
            size.read(rows(size.rows(), 100));
        }
        size.read(rows(10, MEGABYTE));
        assertThat(size.rows()).isBetween(1, 4);
    }

    @Test
    void aPageHasAtLeastOneRowAndAnEmptyOneTellsNothing() {
        size.read(rows(1, 12 * MEGABYTE));
        assertThat(size.rows()).isEqualTo(1);
        size.read(List.of());
        assertThat(size.rows()).isEqualTo(1);
    }

    @Test
    void fewRowsAreWantedIfNoMoreAreAllowed() {
        assertThat(new PageSize(3).rows()).isEqualTo(3);
    }

    private static List<OutboxRow> rows(int count, int bytes) {
        return Collections.nCopies(count, new OutboxRow(1, "t", new byte[0], List.of(), new byte[bytes]));
    }
}

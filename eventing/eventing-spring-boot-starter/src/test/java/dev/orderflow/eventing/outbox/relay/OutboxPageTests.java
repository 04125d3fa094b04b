package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxPageTests {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void rowsThatFitComeWithTheirContentEvenIfAllAreAsLargeAsTheyMay() {
        for (var limit : List.of(1, 10, 2_796, 5_000)) {
            assertThat((long) limit * new OutboxPage(limit).largestRow()).isLessThanOrEqualTo(8 * MEGABYTE);
        }
    }

    @Test
    void aPageEndsBeforeTheFirstRowThatDoesNotFit() {
        var page = new OutboxPage(100);
        page.add(row(1, 100));
        for (var id = 2; id <= 20; id++) {
            page.addWithoutContent(id, MEGABYTE);
        }
        page.add(row(21, 100));

        assertThat(page.missing()).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        page.missing().reversed().forEach(id -> page.complete(row(id, MEGABYTE)));
        assertThat(page.rows()).extracting(OutboxRow::id).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(page.isFull()).isTrue();
    }

    @Test
    void theFirstRowFitsHoweverLargeItIs() {
        var page = new OutboxPage(10);
        page.addWithoutContent(1, 12 * MEGABYTE);
        page.add(row(2, 1));
        page.complete(row(1, 12 * MEGABYTE));

        assertThat(page.rows()).extracting(OutboxRow::id).containsExactly(1L);
        assertThat(page.isFull()).isTrue();
    }

    @Test
    void aPageThatIsNotFullIsTheLast() {
        var page = new OutboxPage(2);
        assertThat(page.isFull()).isFalse();
        page.add(row(1, 1));
        assertThat(page.isFull()).isFalse();
        page.add(row(2, 1));
        assertThat(page.isFull()).isTrue();
    }

    @Test
    void aRowWhoseContentIsGoneIsNoticed() {
        var page = new OutboxPage(10);
        page.addWithoutContent(1, MEGABYTE);
        assertThatThrownBy(page::rows).isInstanceOf(IllegalStateException.class);
    }

    private static OutboxRow row(long id, int bytes) {
        return new OutboxRow(id, "t", new byte[0], List.of(), null, bytes, false);
    }
}

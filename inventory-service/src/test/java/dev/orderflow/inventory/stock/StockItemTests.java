package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

class StockItemTests {

    private final StockItem item = new StockItem("A", 10);

    @Test
    void unitsMoveFromAvailableToReservedToSoldAndBack() {
        item.reserve(7);
        assertThat(StockLevel.of(item)).isEqualTo(new StockLevel("A", 3, 7, 0));
        item.release(2);
        assertThat(StockLevel.of(item)).isEqualTo(new StockLevel("A", 5, 5, 0));
        item.commit(4);
        assertThat(StockLevel.of(item)).isEqualTo(new StockLevel("A", 5, 1, 4));
        item.takeBack(3);
        assertThat(StockLevel.of(item)).isEqualTo(new StockLevel("A", 8, 1, 1));
    }

    @Test
    void noCountBecomesNegativeAndNothingChangesWhenOneWould() {
        item.reserve(3);
        item.commit(1);

        refused(StockItem::reserve, 8);
        refused(StockItem::commit, 3);
        refused(StockItem::release, 3);
        refused(StockItem::takeBack, 2);
    }

    @Test
    void onlyWholePositiveQuantitiesMove() {
        refused(StockItem::reserve, 0);
        refused(StockItem::reserve, -1);
        refused(StockItem::release, Integer.MIN_VALUE);
    }

    @Test
    void settingAvailableReturnsTheDifference() {
        item.reserve(4);

        assertThat(item.setAvailable(20)).isEqualTo(14);
        assertThat(item.setAvailable(5)).isEqualTo(-15);
        assertThat(item.setAvailable(5)).isZero();
        assertThat(StockLevel.of(item)).isEqualTo(new StockLevel("A", 5, 4, 0));
    }

    @Test
    void availableCannotBeSetBelowZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> item.setAvailable(-1));
    }

    private void refused(ObjIntConsumer<StockItem> move, int quantity) {
        var before = StockLevel.of(item);
        assertThatIllegalStateException()
                .isThrownBy(() -> move.accept(item, quantity))
                .withMessageContaining("sku A");
        assertThat(StockLevel.of(item)).isEqualTo(before);
    }
}

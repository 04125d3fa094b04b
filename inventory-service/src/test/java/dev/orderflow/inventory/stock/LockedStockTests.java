package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.orderflow.events.stock.Shortage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockedStockTests {

    private final StockItem a = new StockItem("A", 5);
    private final StockItem b = new StockItem("B", 3_000_000_000L);
    private final LockedStock stock = new LockedStock(Set.of("A", "B", "UNKNOWN"), List.of(a, b));

    @Test
    void thereIsNoShortageUpToTheLastUnit() {
        assertThat(stock.shortages(Quantities.of(Map.of("A", 5, "B", 1)))).isEmpty();
        assertThat(stock.shortages(Quantities.of(Map.of("A", 6, "B", 1)))).containsExactly(new Shortage("A", 6, 5));
    }

    @Test
    void anUnknownProductHasNoStock() {
        assertThat(stock.shortages(Quantities.of(Map.of("UNKNOWN", 1)))).containsExactly(new Shortage("UNKNOWN", 1, 0));
    }

    @Test
    void allShortProductsAreNamedInOrder() {
        assertThat(stock.shortages(Quantities.of(Map.of("UNKNOWN", 2, "B", 7, "A", 9))))
                .containsExactly(new Shortage("A", 9, 5), new Shortage("UNKNOWN", 2, 0));
    }

    @Test
    void anUncountableQuantityIsAlwaysShort() {
        assertThat(stock.shortages(Quantities.of(Map.of("B", Quantities.UNCOUNTABLE))))
                .containsExactly(new Shortage("B", Quantities.UNCOUNTABLE, 3_000_000_000L));
    }

    @Test
    void allLinesMove() {
        stock.reserve(Quantities.of(Map.of("A", 2, "B", 1)), (item, before) -> {});
        stock.commit(Quantities.of(Map.of("A", 1, "B", 1)));
        stock.release(Quantities.of(Map.of("A", 1)));
        stock.takeBack(Quantities.of(Map.of("B", 1)));

        assertThat(StockLevel.of(a)).isEqualTo(new StockLevel("A", 4, 0, 1));
        assertThat(StockLevel.of(b)).isEqualTo(new StockLevel("B", 3_000_000_000L, 0, 0));
    }

    @Test
    void onlyChangedProductsAreWritten() {
        assertThat(stock.moved()).isEmpty();

        stock.reserve(Quantities.of(Map.of("B", 1)), (item, before) -> {});
        stock.commit(Quantities.of(Map.of("B", 1)));

        assertThat(stock.moved()).containsExactly(b);
    }

    @Test
    void aProductThatWasNotLockedIsNotTakenForAnUnknownOne() {
        var wanted = Quantities.of(Map.of("C", 1));

        assertThatIllegalStateException()
                .isThrownBy(() -> stock.shortages(wanted))
                .withMessageContaining("C");
        assertThatIllegalStateException()
                .isThrownBy(() -> stock.reserve(wanted, (item, before) -> {}))
                .withMessageContaining("C");
    }
}

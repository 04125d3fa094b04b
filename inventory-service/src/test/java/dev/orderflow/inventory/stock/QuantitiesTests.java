package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.OrderEvents.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTests {

    @Test
    void linesOfOneProductAreAddedUp() {
        var quantities = Quantities.ofLines(List.of(line("B", 2), line("A", 1), line("B", 3)));

        assertThat(quantities.bySku()).containsExactly(Map.entry("A", 1), Map.entry("B", 5));
    }

    @Test
    void aSumTooLargeToCountIsUncountableInsteadOfNegative() {
        var quantities = Quantities.ofLines(List.of(line("A", Integer.MAX_VALUE), line("A", 2)));

        assertThat(quantities.bySku()).containsExactly(Map.entry("A", Quantities.UNCOUNTABLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aQuantityBelowOneIsRefused(int quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantities.ofLines(List.of(line("A", 1), line("B", quantity))))
                .withMessageContaining("sku B")
                .withMessageContaining(String.valueOf(quantity));
    }

    @Test
    void anOrderWithoutLinesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quantities.ofLines(List.of()));
    }
}

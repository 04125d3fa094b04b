package dev.orderflow.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockCursorTests {

    @Test
    void aCursorLeadsBackToItsSku() {
        assertThat(StockCursor.skuBefore(StockCursor.after("BANK CHARGES_1.a"))).isEqualTo("BANK CHARGES_1.a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "A", "AA==", "8J+YgA", "85123A"})
    void aCursorThatNoPageReturnedIsRefused(String cursor) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> StockCursor.skuBefore(cursor))
                .withMessageContaining("cursor");
    }
}

package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Money;
import dev.orderflow.order.catalog.Product;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuoteTests {

    @Test
    void eachLineCostsTheCatalogsPriceTimesItsQuantity() {
        var quote = Quote.of(
                List.of(line("LAMP", 3), line("BOOK", 2)),
                catalog(product("LAMP", "2.55", "GBP"), product("BOOK", "10.00", "GBP")));

        assertThat(quote.total()).isEqualTo(Money.of("27.65", "GBP"));
        assertThat(quote.lines())
                .containsExactly(priced("LAMP", 3, "2.55", "7.65"), priced("BOOK", 2, "10.00", "20.00"));
    }

    @Test
    void aProductMayStandInSeveralLines() {
        var quote = Quote.of(List.of(line("LAMP", 1), line("LAMP", 4)), catalog(product("LAMP", "0.10", "GBP")));

        assertThat(quote.lines()).hasSize(2);
        assertThat(quote.total()).isEqualTo(Money.of("0.50", "GBP"));
    }

    @Test
    void aCurrencyWithoutDecimalsStaysWithoutThem() {
        var quote = Quote.of(List.of(line("TEA", 3)), catalog(product("TEA", "120", "JPY")));

        assertThat(quote.total().amount()).isEqualTo(new BigDecimal("360"));
    }

    @Test
    void allLinesOfUnknownProductsAreNamed() {
        assertThatThrownBy(() -> Quote.of(
                        List.of(line("NONE", 1), line("LAMP", 1), line("NADA", 1)),
                        catalog(product("LAMP", "1.00", "GBP"))))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("unknown_sku"))
                .extracting(Refusal::violations)
                .isEqualTo(List.of(
                        new Violation("lines[0].sku", "is not in the catalog"),
                        new Violation("lines[2].sku", "is not in the catalog")));
    }

    @Test
    void mixedCurrenciesAreRefused() {
        assertThatThrownBy(() -> Quote.of(
                        List.of(line("LAMP", 1), line("TEA", 1)),
                        catalog(product("LAMP", "1.00", "GBP"), product("TEA", "120", "JPY"))))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("mixed_currencies"))
                .extracting(refusal -> refusal.violations().getFirst().field())
                .isEqualTo("lines[1].sku");
    }

    @Test
    void theLargestTotalThatCanBeStoredIsAccepted() {
        // 9 999 999 999.99 fits 100 times, and then one penny remains.
        var quote = Quote.of(
                List.of(line("GOLD", 100), line("PENNY", 99)),
                catalog(product("GOLD", "9999999999.99", "GBP"), product("PENNY", "0.01", "GBP")));

        assertThat(quote.total().amount()).isEqualTo("999999999999.99").isEqualTo(Quote.MAX_TOTAL);
    }

    @Test
    void aTotalThatCannotBeStoredIsRefused() {
        assertThatThrownBy(() -> Quote.of(
                        List.of(line("GOLD", 100), line("PENNY", 101)),
                        catalog(product("GOLD", "9999999999.99", "GBP"), product("PENNY", "0.01", "GBP"))))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("total_too_large"));
    }

    private static NewOrder.Line line(String sku, int quantity) {
        return new NewOrder.Line(sku, quantity);
    }

    private static PricedLine priced(String sku, int quantity, String unitPrice, String amount) {
        return new PricedLine(sku, "Name of " + sku, quantity, new BigDecimal(unitPrice), new BigDecimal(amount));
    }

    private static Product product(String sku, String price, String currency) {
        return new Product(sku, "Name of " + sku, Money.of(price, currency));
    }

    private static Map<String, Product> catalog(Product... products) {
        return Arrays.stream(products).collect(Collectors.toMap(Product::sku, Function.identity()));
    }
}

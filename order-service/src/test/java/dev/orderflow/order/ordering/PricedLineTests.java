package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PricedOrderLine;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricedLineTests {

    @Test
    void aLineWithoutADiscountIsOneLine() {
        assertThat(line(3, "2.55", "0.00").ofEvent("GBP")).containsExactly(event(3, "2.55", "0.00", "2.55", "7.65"));
    }

    @Test
    void aDiscountThatCanBeDividedIsThatOfEachUnit() {
        assertThat(line(3, "2.55", "0.60").ofEvent("GBP")).containsExactly(event(3, "2.55", "0.20", "2.35", "7.05"));
    }

    @Test
    void aDiscountThatCannotBeDividedMakesTwoLinesThatDifferByAPenny() {
        assertThat(line(3, "2.55", "0.50").ofEvent("GBP"))
                .containsExactly(event(1, "2.55", "0.16", "2.39", "2.39"), event(2, "2.55", "0.17", "2.38", "4.76"));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 120, 100", "GBP, 0.01, 0.02", "KWD, 1.234, 0.005"})
    void theSmallestUnitIsTheCurrencys(String currency, String price, String discount) {
        var line = line(7, price, discount);

        assertThat(line.ofEvent(currency)).hasSize(2);
        assertSums(line, currency);
    }

    @Test
    void theLinesAddUpToTheAmountLessTheDiscount() {
        var random = new SplittableRandom(7);
        for (var i = 0; i < 1_000; i++) {
            var quantity = random.nextInt(1, 50);
            var price = random.nextInt(1, 10_000);
            var discount = random.nextInt(0, quantity * price + 1);
            assertSums(
                    line(
                            quantity,
                            BigDecimal.valueOf(price, 2).toPlainString(),
                            BigDecimal.valueOf(discount, 2).toPlainString()),
                    "GBP");
        }
    }

    private static void assertSums(PricedLine line, String currency) {
        var lines = line.ofEvent(currency);
        assertThat(lines.stream().mapToInt(PricedOrderLine::quantity).sum()).isEqualTo(line.quantity());
        assertThat(lines.stream().map(PricedOrderLine::amount).reduce(Money.zero(currency), Money::plus))
                .isEqualTo(new Money(line.amount().subtract(line.discount()), currency));
        assertThat(lines).allSatisfy(each -> {
            assertThat(each.quantity()).isPositive();
            assertThat(each.netPrice().amount()).isNotNegative();
            assertThat(each.netPrice().plus(each.discount())).isEqualTo(each.listPrice());
            assertThat(each.netPrice().times(each.quantity())).isEqualTo(each.amount());
        });
    }

    private static PricedLine line(int quantity, String price, String discount) {
        var unitPrice = new BigDecimal(price);
        return new PricedLine(
                "LAMP",
                "Lamp",
                quantity,
                unitPrice,
                unitPrice.multiply(BigDecimal.valueOf(quantity)),
                new BigDecimal(discount));
    }

    private static PricedOrderLine event(int quantity, String price, String discount, String net, String amount) {
        return new PricedOrderLine(
                "LAMP",
                "Lamp",
                quantity,
                Money.of(price, "GBP"),
                Money.of(discount, "GBP"),
                Money.of(net, "GBP"),
                Money.of(amount, "GBP"));
    }
}

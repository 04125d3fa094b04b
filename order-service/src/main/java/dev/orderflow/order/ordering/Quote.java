package dev.orderflow.order.ordering;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import dev.orderflow.order.catalog.Product;
import dev.orderflow.order.promotion.Cart;
import dev.orderflow.order.promotion.PricedCart;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The price of an order.
 *
 * @param discounts what promotions take off, in the order in which they apply
 * @param total     amounts of the lines less the discounts
 */
record Quote(List<PricedLine> lines, List<OrderDiscount> discounts, Money total) {

    /** The largest total that fits its column, numeric(14, 2). */
    static final BigDecimal MAX_TOTAL = new BigDecimal("999999999999.99");

    /** Creates a quote at list prices. */
    Quote(List<PricedLine> lines, Money total) {
        this(lines, List.of(), total);
    }

    /**
     * Prices each line by the catalog.
     *
     * @param wanted  one or more lines
     * @param catalog products by sku, including those of {@code wanted} that exist
     * @throws Refusal if a product is unknown, currencies are mixed, or the total is too large; names the lines
     */
    static Quote of(List<NewOrder.Line> wanted, Map<String, Product> catalog) {
        refuseUnknown(wanted, catalog);
        var currency = catalog.get(wanted.getFirst().sku()).unitPrice().currency();
        refuseMixed(wanted, catalog, currency);

        var lines = new ArrayList<PricedLine>(wanted.size());
        var total = Money.zero(currency);
        for (var line : wanted) {
            var product = catalog.get(line.sku());
            var amount = product.unitPrice().times(line.quantity());
            lines.add(new PricedLine(
                    product.sku(),
                    product.name(),
                    line.quantity(),
                    product.unitPrice().amount(),
                    amount.amount()));
            total = total.plus(amount);
        }
        refuseTooLarge(total);
        return new Quote(lines, total);
    }

    /** Returns what the customer wants to buy, at list prices and without a fee for shipping. */
    Cart cart() {
        var currency = total.currency();
        return new Cart(
                lines.stream()
                        .map(line -> new Cart.Line(line.sku(), line.quantity(), new Money(line.unitPrice(), currency)))
                        .toList(),
                Money.zero(currency));
    }

    /**
     * Returns this quote, which is at list prices, with the discounts of its cart.
     *
     * @throws Refusal if nothing is left to pay, or the discounts need more lines than an event has
     */
    Quote discounted(PricedCart priced) {
        if (priced.total().amount().signum() == 0) {
            throw Refusal.unacceptable(
                    "nothing_to_pay",
                    "The promotions leave nothing to pay. Such an order cannot be placed.",
                    new Violation("lines", "must cost more than the promotions take off"));
        }
        var discounted = IntStream.range(0, lines.size())
                .mapToObj(i -> lines.get(i).discounted(priced.discounts().get(i)))
                .toList();
        refuseTooManyLines(discounted);
        return new Quote(
                discounted,
                priced.applied().stream()
                        .map(applied -> new OrderDiscount(
                                applied.promotion().id(),
                                applied.promotion().version(),
                                applied.promotion().name(),
                                applied.amount().amount()))
                        .toList(),
                priced.total());
    }

    private void refuseTooManyLines(List<PricedLine> discounted) {
        var lines = discounted.stream()
                .mapToInt(line -> line.ofEvent(total.currency()).size())
                .sum();
        if (lines > Bounds.LINES) {
            throw Refusal.unacceptable(
                    "too_many_lines",
                    "A line whose discount cannot be divided by its quantity counts twice. Place several orders.",
                    new Violation("lines", "become " + lines + " with discounts, and may be " + Bounds.LINES));
        }
    }

    private static void refuseUnknown(List<NewOrder.Line> wanted, Map<String, Product> catalog) {
        var violations = IntStream.range(0, wanted.size())
                .filter(i -> !catalog.containsKey(wanted.get(i).sku()))
                .mapToObj(i -> new Violation(skuField(i), "is not in the catalog"))
                .toList();
        if (!violations.isEmpty()) {
            throw Refusal.unacceptable("unknown_sku", "The order has products that the catalog lacks.", violations);
        }
    }

    private static void refuseMixed(List<NewOrder.Line> wanted, Map<String, Product> catalog, String currency) {
        var violations = IntStream.range(0, wanted.size())
                .filter(i -> !currencyOf(wanted.get(i), catalog).equals(currency))
                .mapToObj(i -> new Violation(
                        skuField(i),
                        "is sold in " + currencyOf(wanted.get(i), catalog) + ", but the first line in " + currency))
                .toList();
        if (!violations.isEmpty()) {
            throw Refusal.unacceptable(
                    "mixed_currencies", "All lines must have one currency; place one order per currency.", violations);
        }
    }

    private static void refuseTooLarge(Money total) {
        if (total.amount().compareTo(MAX_TOTAL) > 0) {
            throw Refusal.unacceptable(
                    "total_too_large",
                    "The order's total must not exceed " + MAX_TOTAL + " " + total.currency() + ".",
                    new Violation("lines", "exceed the largest total"));
        }
    }

    private static String currencyOf(NewOrder.Line line, Map<String, Product> catalog) {
        return catalog.get(line.sku()).unitPrice().currency();
    }

    private static String skuField(int line) {
        return "lines[" + line + "].sku";
    }
}

package dev.orderflow.order.promotion;

import static java.util.Comparator.comparing;

import dev.orderflow.events.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Amounts left to pay of a cart while promotions take their parts off, in the currency's smallest units. The lines have an order
 * of their own, so that the cart's does not matter. Not thread-safe.
 */
final class Remainder {

    private static final Comparator<Cart.Line> ORDER = comparing(Cart.Line::sku)
            .thenComparing(Cart.Line::quantity)
            .thenComparing(line -> line.listPrice().amount());

    private final Cart cart;
    private final int decimals;

    /** Indexes of the cart's lines, in this order of lines. */
    private final int[] order;

    /** Amounts left of the lines, in this order of lines. */
    private final long[] left;

    private long shipping;

    Remainder(Cart cart) {
        this.cart = cart;
        this.decimals = Currency.getInstance(cart.currency()).getDefaultFractionDigits();
        this.order = IntStream.range(0, cart.lines().size())
                .boxed()
                .sorted(comparing(cart.lines()::get, ORDER))
                .mapToInt(Integer::intValue)
                .toArray();
        this.left = Arrays.stream(order)
                .mapToObj(cart.lines()::get)
                .mapToLong(line -> units(line.amount()))
                .toArray();
        this.shipping = units(cart.shipping());
    }

    /** Takes a part off all goods, rounded half up, and returns how much that is. */
    Money takePart(BigDecimal percentage) {
        return take(_ -> true, part(goods(), percentage.movePointLeft(2)));
    }

    /** Takes an amount off all goods, as far as something is left, and returns how much that is. */
    Money takeAmount(Money amount) {
        return take(_ -> true, units(amount.amount().min(money(goods()).amount())));
    }

    /** Takes the price of {@code free} of {@code all} units of a product off, rounded half up, and returns how much that is. */
    Money takeUnits(String sku, long free, long all) {
        Predicate<Cart.Line> ofProduct = line -> line.sku().equals(sku);
        var rest = Arrays.stream(weights(ofProduct)).sum();
        return take(
                ofProduct,
                BigDecimal.valueOf(rest)
                        .multiply(BigDecimal.valueOf(free))
                        .divide(BigDecimal.valueOf(all), 0, RoundingMode.HALF_UP)
                        .longValueExact());
    }

    /** Takes the fee for shipping off, and returns how much that is. */
    Money takeShipping() {
        var taken = money(shipping);
        shipping = 0;
        return taken;
    }

    /** Returns what was taken off each line, in the order of the cart's lines. */
    List<Money> discounts() {
        var discounts = new Money[left.length];
        for (int i = 0; i < left.length; i++) {
            discounts[order[i]] = money(units(cart.lines().get(order[i]).amount()) - left[i]);
        }
        return List.of(discounts);
    }

    Money shipping() {
        return money(shipping);
    }

    Money total() {
        return money(goods() + shipping);
    }

    private Money take(Predicate<Cart.Line> from, long amount) {
        var shares = Shares.of(amount, weights(from));
        Arrays.setAll(left, i -> left[i] - shares[i]);
        return money(amount);
    }

    private long[] weights(Predicate<Cart.Line> from) {
        return IntStream.range(0, left.length)
                .mapToLong(i -> from.test(cart.lines().get(order[i])) ? left[i] : 0)
                .toArray();
    }

    private long goods() {
        return Arrays.stream(left).sum();
    }

    private static long part(long whole, BigDecimal fraction) {
        return BigDecimal.valueOf(whole)
                .multiply(fraction)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static long units(Money money) {
        return units(money.amount());
    }

    private static long units(BigDecimal amount) {
        return amount.unscaledValue().longValueExact();
    }

    private Money money(long units) {
        return new Money(BigDecimal.valueOf(units, decimals), cart.currency());
    }
}

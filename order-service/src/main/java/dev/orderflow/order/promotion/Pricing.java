package dev.orderflow.order.promotion;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.orderflow.events.Money;
import dev.orderflow.order.promotion.Benefit.AmountOff;
import dev.orderflow.order.promotion.Benefit.BuyNGetM;
import dev.orderflow.order.promotion.Benefit.FreeShipping;
import dev.orderflow.order.promotion.Benefit.Percentage;
import dev.orderflow.order.promotion.PricedCart.Applied;
import dev.orderflow.order.promotion.PricedCart.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The evaluation of promotions for one cart, a function of its arguments only. Not thread-safe. */
public final class Pricing {

    private static final Comparator<Promotion> ORDER =
            comparingInt(Promotion::priority).reversed().thenComparing(Promotion::id);

    private final Cart cart;
    private final Money goods;
    private final Instant at;
    private final Uses uses;
    private final Remainder remainder;
    private final Set<String> groups = new HashSet<>();
    private final List<Applied> applied = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    private Pricing(Cart cart, Instant at, Uses uses) {
        this.cart = cart;
        this.goods = cart.goods();
        this.at = at;
        this.uses = uses;
        this.remainder = new Remainder(cart);
    }

    /**
     * Prices a cart.
     *
     * @param promotions all of them, in any order; their order, and that of the cart's lines, do not matter
     * @param coupons    codes that the customer has given
     * @param at         moment for which the cart is priced
     */
    public static PricedCart price(
            Cart cart, Collection<Promotion> promotions, Set<String> coupons, Instant at, Uses uses) {
        var pricing = new Pricing(cart, at, uses);
        promotions.stream()
                .filter(promotion -> isOffered(promotion, coupons))
                .sorted(ORDER)
                .forEach(pricing::offer);
        return pricing.result(unknown(coupons, promotions));
    }

    /**
     * Returns the promotions with a limit that a cart may get, depending on their uses and on other promotions.
     *
     * @param promotions all of them, in any order
     * @param coupons    codes that the customer has given
     * @param at         moment for which the cart is priced
     */
    public static List<Promotion> limited(
            Cart cart, Collection<Promotion> promotions, Set<String> coupons, Instant at) {
        var pricing = new Pricing(cart, at, Uses.NONE);
        return promotions.stream()
                .filter(promotion -> promotion.limits().isLimited() && isOffered(promotion, coupons))
                .filter(promotion -> pricing.ofConditions(promotion.conditions())
                        .or(() -> pricing.ofBenefit(promotion.benefit()))
                        .isEmpty())
                .toList();
    }

    private static boolean isOffered(Promotion promotion, Set<String> coupons) {
        var coupon = promotion.conditions().coupon();
        return coupon == null || coupons.contains(coupon);
    }

    private static Set<String> unknown(Set<String> coupons, Collection<Promotion> promotions) {
        var known = promotions.stream()
                .map(promotion -> promotion.conditions().coupon())
                .filter(Objects::nonNull)
                .collect(toUnmodifiableSet());
        return coupons.stream().filter(coupon -> !known.contains(coupon)).collect(toUnmodifiableSet());
    }

    private void offer(Promotion promotion) {
        var rejection = rejection(promotion);
        if (rejection.isPresent()) {
            rejected.add(new Rejected(promotion, rejection.get()));
            return;
        }
        var amount = take(promotion.benefit());
        if (amount.amount().signum() == 0) {
            rejected.add(new Rejected(promotion, Rejection.NOTHING_LEFT));
            return;
        }
        applied.add(new Applied(promotion, amount));
        if (promotion.exclusionGroup() != null) {
            groups.add(promotion.exclusionGroup());
        }
    }

    private Optional<Rejection> rejection(Promotion promotion) {
        return ofConditions(promotion.conditions())
                .or(() -> ofBenefit(promotion.benefit()))
                .or(() -> ofLimits(promotion))
                .or(() -> when(groups.contains(promotion.exclusionGroup()), Rejection.EXCLUDED));
    }

    private Optional<Rejection> ofConditions(Promotion.Conditions conditions) {
        var from = conditions.validFrom();
        var to = conditions.validTo();
        var minimum = conditions.minimumTotal();
        return when(from != null && at.isBefore(from), Rejection.NOT_YET_VALID)
                .or(() -> when(to != null && !at.isBefore(to), Rejection.EXPIRED))
                .or(() -> when(isOtherCurrency(minimum), Rejection.OTHER_CURRENCY))
                .or(() -> when(
                        minimum != null && goods.amount().compareTo(minimum.amount()) < 0, Rejection.BELOW_MINIMUM));
    }

    private Optional<Rejection> ofBenefit(Benefit benefit) {
        return switch (benefit) {
            case AmountOff(var amount) -> when(isOtherCurrency(amount), Rejection.OTHER_CURRENCY);
            case BuyNGetM offer -> when(offer.free(quantity(offer.sku())) == 0, Rejection.TOO_FEW_UNITS);
            case Percentage _, FreeShipping _ -> Optional.empty();
        };
    }

    private Optional<Rejection> ofLimits(Promotion promotion) {
        var limits = promotion.limits();
        return when(isReached(limits.total(), uses.total(promotion.id())), Rejection.USED_UP)
                .or(() -> when(
                        isReached(limits.perCustomer(), uses.ofCustomer(promotion.id())),
                        Rejection.USED_UP_BY_CUSTOMER));
    }

    private static boolean isReached(@Nullable Integer limit, long used) {
        return limit != null && used >= limit;
    }

    private static Optional<Rejection> when(boolean isSo, Rejection rejection) {
        return isSo ? Optional.of(rejection) : Optional.empty();
    }

    private boolean isOtherCurrency(@Nullable Money money) {
        return money != null && !money.currency().equals(cart.currency());
    }

    private Money take(Benefit benefit) {
        return switch (benefit) {
            case Percentage(var percentage) -> remainder.takePart(percentage);
            case AmountOff(var amount) -> remainder.takeAmount(amount);
            case BuyNGetM offer -> {
                var units = quantity(offer.sku());
                yield remainder.takeUnits(offer.sku(), offer.free(units), units);
            }
            case FreeShipping _ -> remainder.takeShipping();
        };
    }

    private long quantity(String sku) {
        return cart.lines().stream()
                .filter(line -> line.sku().equals(sku))
                .mapToLong(Cart.Line::quantity)
                .sum();
    }

    private PricedCart result(Set<String> unknownCoupons) {
        return new PricedCart(
                remainder.discounts(), remainder.shipping(), applied, rejected, unknownCoupons, remainder.total());
    }
}

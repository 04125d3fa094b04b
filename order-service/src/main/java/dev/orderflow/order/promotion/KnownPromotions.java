package dev.orderflow.order.promotion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The promotions that an instance knows at one moment.
 *
 * @param ofEverybody those without a coupon
 * @param byCoupon    the others, by their coupons
 */
public record KnownPromotions(List<Promotion> ofEverybody, Map<String, List<Promotion>> byCoupon) {

    /** No promotions. */
    public static final KnownPromotions NONE = new KnownPromotions(List.of(), Map.of());

    public static KnownPromotions of(Collection<Promotion> promotions) {
        var ofEverybody = new ArrayList<Promotion>();
        var byCoupon = new HashMap<String, List<Promotion>>();
        for (var promotion : promotions) {
            var coupon = promotion.conditions().coupon();
            var list = coupon == null ? ofEverybody : byCoupon.computeIfAbsent(coupon, first -> new ArrayList<>());
            list.add(promotion);
        }
        return new KnownPromotions(List.copyOf(ofEverybody), Map.copyOf(byCoupon));
    }

    /** Returns the promotions that a cart with these coupons may get. */
    public List<Promotion> find(Set<String> coupons) {
        if (coupons.isEmpty()) {
            return ofEverybody;
        }
        var found = new ArrayList<>(ofEverybody);
        coupons.forEach(coupon -> found.addAll(byCoupon.getOrDefault(coupon, List.of())));
        return found;
    }
}

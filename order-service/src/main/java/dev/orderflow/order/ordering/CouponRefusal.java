package dev.orderflow.order.ordering;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.order.promotion.PricedCart;
import dev.orderflow.order.promotion.Rejection;
import java.util.ArrayList;
import java.util.Set;

/** The refusal of an order with coupons that cannot be applied. */
final class CouponRefusal {

    private CouponRefusal() {}

    /** @throws Refusal unless each coupon has a promotion that applies */
    static void refuseUnapplied(Set<String> coupons, PricedCart priced) {
        var violations = new ArrayList<Violation>();
        for (var coupon : coupons) {
            if (priced.applied().stream()
                    .noneMatch(
                            each -> coupon.equals(each.promotion().conditions().coupon()))) {
                violations.add(new Violation("coupons", coupon + " " + reason(coupon, priced)));
            }
        }
        if (!violations.isEmpty()) {
            throw Refusal.unacceptable("coupon_rejected", "A coupon cannot be applied; errors says why.", violations);
        }
    }

    private static String reason(String coupon, PricedCart priced) {
        return priced.rejected().stream()
                .filter(each -> coupon.equals(each.promotion().conditions().coupon()))
                .findFirst()
                .map(each -> text(each.why()))
                .orElse("is unknown");
    }

    private static String text(Rejection why) {
        return switch (why) {
            case NOT_YET_VALID -> "is not valid yet";
            case EXPIRED -> "has expired";
            case OTHER_CURRENCY -> "is for another currency";
            case BELOW_MINIMUM -> "needs a higher total";
            case TOO_FEW_UNITS -> "needs more units of its product";
            case USED_UP -> "is used up";
            case USED_UP_BY_CUSTOMER -> "is used up by this customer";
            case EXCLUDED -> "cannot be combined with another promotion";
            case NOTHING_LEFT -> "finds nothing left to take off";
        };
    }
}

package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders.Uses;
import java.util.Locale;

/** Checks that no more orders use a promotion than its limit allows, and that cancelled ones have given their use back. */
final class CouponsBounded implements Rule {

    @Override
    public String promise() {
        return "coupons are not overspent";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var uses = evidence.orders().uses();
        for (var each : uses) {
            var message = judge(each);
            if (!message.isEmpty()) {
                found.broken("promotion " + each.promotion(), "overspent", message);
            }
        }
        return new Outcome(uses.size());
    }

    private static String judge(Uses uses) {
        if (uses.counted() > uses.limit()) {
            return String.format(Locale.ROOT, "%d orders use it, but at most %d may", uses.counted(), uses.limit());
        }
        if (uses.claimed() > uses.counted()) {
            return String.format(
                    Locale.ROOT, "%d orders use it, but only %d are counted", uses.claimed(), uses.counted());
        }
        return uses.ended() > 0
                ? String.format(Locale.ROOT, "%d orders that have ended still use it", uses.ended())
                : "";
    }
}

package dev.orderflow.order.promotion;

import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A rule that lowers the price of carts. Promotions with a higher priority come first, those of one priority in the order of
 * their ids; each takes its part off what those before it have left.
 *
 * @param version        increases with each change of the rule
 * @param conditions     conditions that a cart must fulfil
 * @param exclusionGroup of the promotions of a group, the first that applies excludes the others; null for none
 * @param limits         numbers of orders that may use it
 */
public record Promotion(
        UUID id,
        long version,
        String name,
        Benefit benefit,
        Conditions conditions,
        int priority,
        @Nullable String exclusionGroup,
        Limits limits) {

    Promotion with(Limits others) {
        return new Promotion(id, version, name, benefit, conditions, priority, exclusionGroup, others);
    }

    /**
     * Conditions that a cart must fulfil.
     *
     * @param coupon       code that the customer must give; null if the promotion is for everybody
     * @param minimumTotal list price of the goods that must be reached; null for none
     * @param validFrom    the first moment; null if there is none
     * @param validTo      the first moment after it; null if there is none
     */
    public record Conditions(
            @Nullable String coupon,
            @Nullable Money minimumTotal,
            @Nullable Instant validFrom,
            @Nullable Instant validTo) {

        /** Conditions that each cart fulfils. */
        public static final Conditions NONE = new Conditions(null, null, null, null);

        /** @throws IllegalArgumentException if the validity ends before it begins */
        public Conditions {
            if (validFrom != null && validTo != null && !validFrom.isBefore(validTo)) {
                throw new IllegalArgumentException("validity begins before it ends");
            }
        }
    }

    /**
     * Numbers of orders that may use the promotion; null for any number.
     *
     * @param total       orders of all customers
     * @param perCustomer orders of one customer
     */
    public record Limits(@Nullable Integer total, @Nullable Integer perCustomer) {

        /** No limits. */
        public static final Limits NONE = new Limits(null, null);

        public boolean isLimited() {
            return total != null || perCustomer != null;
        }

        /** Returns these limits, lowered to those of a newer version. */
        Limits loweredTo(Limits newer) {
            return new Limits(lower(total, newer.total), lower(perCustomer, newer.perCustomer));
        }

        /** A limit that is new, higher, or gone does not count yet: counters are locked for the limits that are known. */
        private static @Nullable Integer lower(@Nullable Integer known, @Nullable Integer newer) {
            return known == null || newer == null ? known : Integer.valueOf(Math.min(known, newer));
        }
    }
}

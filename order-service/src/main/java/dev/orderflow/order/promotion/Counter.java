package dev.orderflow.order.promotion;

import dev.orderflow.eventing.PersonalData;
import java.util.UUID;

/**
 * Whose orders with a promotion are counted.
 *
 * @param holder reference of the customer; empty for all customers of the tenant
 */
record Counter(
        UUID promotion,

        @PersonalData(value = "to limit promotions", kept = "until the last order is deleted", erased = "deleted")
        String holder)
        implements Comparable<Counter> {

    private static final String EVERYBODY = "";

    static Counter ofAll(UUID promotion) {
        return new Counter(promotion, EVERYBODY);
    }

    static Counter ofCustomer(UUID promotion, String reference) {
        return new Counter(promotion, reference);
    }

    /** An order in which all transactions create counters. */
    @Override
    public int compareTo(Counter other) {
        var byPromotion = promotion.compareTo(other.promotion);
        return byPromotion == 0 ? holder.compareTo(other.holder) : byPromotion;
    }
}

package dev.orderflow.order.promotion;

import dev.orderflow.eventing.PersonalData;
import java.util.UUID;

/**
 * Key of a counter of orders with a promotion.
 *
 * @param holder reference of the customer; empty for all customers of the tenant
 */
record Counter(
        UUID promotion,

        @PersonalData(value = "to limit promotions", kept = "until the last order is deleted", erased = "deleted")
        String holder) {

    private static final String EVERYBODY = "";

    static Counter ofAll(UUID promotion) {
        return new Counter(promotion, EVERYBODY);
    }

    static Counter ofCustomer(UUID promotion, String reference) {
        return new Counter(promotion, reference);
    }
}

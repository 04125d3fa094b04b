package dev.orderflow.order.promotion;

import java.util.UUID;

/** How many orders use a promotion, as far as is known: to tell customers early, whereas an order claims its use. */
public interface Uses {

    /** Those of a promotion that nobody has used. */
    Uses NONE = new Uses() {
        @Override
        public long total(UUID promotion) {
            return 0;
        }

        @Override
        public long ofCustomer(UUID promotion) {
            return 0;
        }
    };

    /** Returns the number of orders of all customers. */
    long total(UUID promotion);

    /** Returns the number of orders of the customer whose cart is priced. */
    long ofCustomer(UUID promotion);
}

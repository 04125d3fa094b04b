package dev.orderflow.order.promotion;

import java.util.UUID;

/** Numbers of orders that use promotions, as far as is known: to tell customers early, whereas an order claims its use. */
public interface Uses {

    /** Numbers of promotions that nobody has used. */
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

package dev.orderflow.order.customer;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.customer.CustomerErased;
import org.springframework.stereotype.Component;

/**
 * Consumes this service's own announcements of erasures. They find nothing to do, until somebody has restored a backup from
 * before an erasure: read again, they repeat it.
 */
@Component
class CustomerEventHandlers {

    private final Erasure erasure;

    CustomerEventHandlers(Erasure erasure) {
        this.erasure = erasure;
    }

    @EventHandler(handleExpired = true)
    void erased(CustomerErased event) {
        erasure.repeat(event);
    }
}

package dev.orderflow.notification.recipient;

import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.customer.CustomerErased;
import dev.orderflow.events.customer.CustomerEvent;
import org.springframework.stereotype.Component;

/**
 * Forgets the addresses of erased customers. Nothing else here names them: stored e-mails have their references, which nobody
 * can resolve any more. Another instance remembers an address until {@code notification.customers.cache-time} has passed.
 */
@Component
class CustomerEventHandlers {

    private final Recipients recipients;

    CustomerEventHandlers(Recipients recipients) {
        this.recipients = recipients;
    }

    @EventHandler(handleExpired = true)
    void forget(CustomerEvent event) {
        switch (event) {
            case CustomerErased erased -> recipients.erase(erased.customerId());
        }
    }
}

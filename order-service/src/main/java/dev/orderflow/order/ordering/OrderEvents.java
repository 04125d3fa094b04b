package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.order.lifecycle.OrderStatusChanged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Publishes an order's events: to other services through the outbox, and to listeners in this process after the commit.
 */
@Component
class OrderEvents {

    private final EventPublisher outbox;
    private final ApplicationEventPublisher process;

    OrderEvents(EventPublisher outbox, ApplicationEventPublisher process) {
        this.outbox = outbox;
        this.process = process;
    }

    /** Joins the transaction that changed the order's status. Call it once for each change. */
    void publish(OrderEvent event) {
        outbox.publish(event);
        process.publishEvent(OrderStatusChanged.of(event));
    }
}

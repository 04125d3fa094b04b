package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventPublisher;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells of an order's new status: other services through the outbox, those who wait in this process after the commit. */
@Component
class OrderAnnouncements {

    private final EventPublisher events;
    private final ApplicationEventPublisher here;

    OrderAnnouncements(EventPublisher events, ApplicationEventPublisher here) {
        this.events = events;
        this.here = here;
    }

    /** To be called in the transaction that changed {@code order}'s status, once for each change. */
    void announce(Order order) {
        events.publish(order.latestEvent());
        here.publishEvent(new OrderStatusChanged(order.getId(), order.status()));
    }
}

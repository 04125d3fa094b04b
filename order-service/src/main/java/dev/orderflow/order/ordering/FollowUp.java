package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderFollowUpDue;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Schedules the event that is due some time after the delivery of an order. A delivered order is final, so nothing cancels it. */
@Component
@EnableConfigurationProperties(FollowUpProperties.class)
class FollowUp {

    private final EventPublisher events;
    private final FollowUpProperties properties;

    FollowUp(EventPublisher events, FollowUpProperties properties) {
        this.events = events;
        this.properties = properties;
    }

    /** Joins the transaction that records the delivery. */
    void begin(OrderDelivered delivered) {
        if (properties.delay().isZero()) {
            return;
        }
        var due = delivered.at().plus(properties.delay());
        events.publish(
                new OrderFollowUpDue(delivered.orderId(), delivered.customerId(), delivered.at(), due),
                PublicationTime.after(properties.delay()));
    }
}

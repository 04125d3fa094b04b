package dev.orderflow.order.ordering;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.lifecycle.OrderStatusChanged;
import dev.orderflow.order.promotion.PromotionUses;
import java.time.Instant;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Publishes an order's events: to other services through the outbox, and to listeners in this process after the commit. Sets the
 * order's timers in the same transaction.
 */
@Component
class OrderEvents {

    private final EventPublisher outbox;
    private final PaymentTimer timer;
    private final FollowUp followUp;
    private final PromotionUses promotions;
    private final ApplicationEventPublisher process;

    OrderEvents(
            EventPublisher outbox,
            PaymentTimer timer,
            FollowUp followUp,
            PromotionUses promotions,
            ApplicationEventPublisher process) {
        this.outbox = outbox;
        this.timer = timer;
        this.followUp = followUp;
        this.promotions = promotions;
        this.process = process;
    }

    /**
     * Publishes the order's latest change, and gives back what a cancelled order has used. Joins the transaction that changed the
     * order's status, and has locked the order unless it is new. Call it once for each change.
     */
    void publish(Order order) {
        if (order.status() == OrderStatus.CANCELLED && !order.discounts().isEmpty()) {
            promotions.giveBack(order.getId());
        }
        announce(order.latestEvent(), order.placedAt());
    }

    /**
     * Publishes an event of an order that did not change its status, such as a reminder. Joins the current transaction.
     *
     * @param placedAt when the order was placed
     */
    void announce(OrderEvent event, Instant placedAt) {
        try (var _ = contextOf(event, placedAt).open()) {
            outbox.publish(event);
            setTimers(event);
        }
        OrderStatusChanged.of(event).ifPresent(process::publishEvent);
    }

    /** Lets the timer of the payment run exactly while the order waits for it: an order that is shipped was paid before. */
    private void setTimers(OrderEvent event) {
        switch (event) {
            case OrderPlaced _, OrderPlacedV2 _ -> timer.begin(event.orderId());
            case OrderReserved _, OrderUnpaid _, OrderShipped _, OrderFollowUpDue _ -> {}
            case OrderDelivered delivered -> followUp.begin(delivered);
            case OrderPaid _, OrderCancelled _ -> timer.end(event.orderId());
        }
    }

    /**
     * Returns the context of the order's flow. A reserved order is not charged after its time-out. A paid order has met its
     * deadline, and a cancellation must be known however late it is, so that their events have none.
     */
    private EventContext contextOf(OrderEvent event, Instant placedAt) {
        var context = EventContext.current();
        return switch (event) {
            case OrderPlaced _, OrderPlacedV2 _, OrderUnpaid _ -> context;
            case OrderReserved _ -> context.until(timer.lastCharge(placedAt));
            case OrderPaid _, OrderShipped _, OrderDelivered _, OrderFollowUpDue _, OrderCancelled _ ->
                context.withoutDeadline();
        };
    }
}

package dev.orderflow.events.order;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The order was accepted. Differs from {@link OrderPlaced} in the lines: each has a list price, a discount and a net price instead
 * of one unit price. {@link OrderPlacedUpcast} converts the older version.
 */
@EventType(value = "dev.orderflow.order.placed.v2", intent = "order_placement")
public record OrderPlacedV2(
        UUID orderId,

        @PersonalData(value = "to write to the customer", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(min = 1, max = Bounds.CUSTOMER_ID)
        String customerId,

        @Bounds(min = 1, max = Bounds.LINES) List<PricedOrderLine> lines,
        Money total,
        PaymentMethod paymentMethod,
        Instant at)
        implements OrderEvent {

    /** The same fact for consumers that know version 1 only. Discounts are contained in its unit prices. */
    public OrderPlaced toV1() {
        return new OrderPlaced(
                orderId, customerId, lines.stream().map(PricedOrderLine::toV1).toList(), total, paymentMethod, at);
    }
}

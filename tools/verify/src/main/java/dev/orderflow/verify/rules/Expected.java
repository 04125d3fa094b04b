package dev.orderflow.verify.rules;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReleased;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.verify.evidence.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Legal state transitions and the events of each. */
final class Expected {

    /** Legal successors of each status of an order. */
    static final Map<String, Set<String>> NEXT = Map.of(
            "PLACED", Set.of("RESERVED", "CANCELLED"),
            "RESERVED", Set.of("PAID", "CANCELLED"),
            "PAID", Set.of("SHIPPED", "CANCELLED"),
            "SHIPPED", Set.of("DELIVERED", "CANCELLED"),
            "DELIVERED", Set.of(),
            "CANCELLED", Set.of());

    /** Event of each status of an order. */
    static final Map<String, String> STATUS_EVENT = Map.of(
            "PLACED", Service.typeOf(OrderPlaced.class),
            "RESERVED", Service.typeOf(OrderReserved.class),
            "PAID", Service.typeOf(OrderPaid.class),
            "SHIPPED", Service.typeOf(OrderShipped.class),
            "DELIVERED", Service.typeOf(OrderDelivered.class),
            "CANCELLED", Service.typeOf(OrderCancelled.class));

    private static final String RESERVED = Service.typeOf(StockReserved.class);
    private static final String COMMITTED = Service.typeOf(StockCommitted.class);
    private static final String RELEASED = Service.typeOf(StockReleased.class);
    private static final String COMPLETED = Service.typeOf(PaymentCompleted.class);

    /** Events that may have led to each state of a reservation. */
    static final Map<String, Set<List<String>>> RESERVATION_EVENTS = Map.of(
            "RESERVED", Set.of(List.of(RESERVED)),
            "REJECTED", Set.of(List.of(Service.typeOf(StockRejected.class))),
            "COMMITTED", Set.of(List.of(RESERVED, COMMITTED)),
            "RELEASED", Set.of(List.of(RESERVED, RELEASED), List.of(RESERVED, COMMITTED, RELEASED)));

    /** Events that lead to each state of a payment. */
    static final Map<String, Set<List<String>>> PAYMENT_EVENTS = Map.of(
            "CAPTURED", Set.of(List.of(COMPLETED)),
            "DECLINED", Set.of(List.of(Service.typeOf(PaymentDeclined.class))),
            "REFUNDED", Set.of(List.of(COMPLETED, Service.typeOf(PaymentRefunded.class))));

    private static final String DISPATCHED = Service.typeOf(ShipmentDispatched.class);
    private static final String STOP_REFUSED = Service.typeOf(ShipmentStopRefused.class);

    /** Last event of each state of a shipment, without that of a stop that was too late. */
    private static final Map<String, String> SHIPMENT_EVENT = Map.of(
            "DISPATCHED", DISPATCHED,
            "DELIVERED", Service.typeOf(ShipmentDelivered.class),
            "STOPPED", Service.typeOf(ShipmentStopped.class),
            "LOST", Service.typeOf(ShipmentLost.class));

    /** Returns whether {@code published} may have led to the state of a shipment. */
    static boolean isLegal(String state, boolean stopRefused, List<String> published) {
        var changes =
                published.stream().filter(type -> !type.equals(STOP_REFUSED)).toList();
        var wanted = state.equals("DISPATCHED")
                ? List.of(DISPATCHED)
                : List.of(DISPATCHED, SHIPMENT_EVENT.getOrDefault(state, state));
        return changes.equals(wanted)
                && published.indexOf(DISPATCHED) == 0
                && published.size() - changes.size() == (stopRefused ? 1 : 0);
    }

    private Expected() {}
}

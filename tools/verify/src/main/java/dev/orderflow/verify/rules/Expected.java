package dev.orderflow.verify.rules;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentRefunded;
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
            "PAID", Set.of("CANCELLED"),
            "CANCELLED", Set.of());

    /** Event of each status of an order. */
    static final Map<String, String> STATUS_EVENT = Map.of(
            "PLACED", Service.typeOf(OrderPlaced.class),
            "RESERVED", Service.typeOf(OrderReserved.class),
            "PAID", Service.typeOf(OrderPaid.class),
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

    private Expected() {}
}

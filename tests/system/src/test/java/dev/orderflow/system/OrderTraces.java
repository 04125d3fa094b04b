package dev.orderflow.system;

import java.util.List;

/** Spans of an order's way, each as an edge from its parent. */
final class OrderTraces {

    /** Spans of placing an order. Of the two versions of its event, consumers handle the first. */
    static final List<String> PLACED = List.of(
            "client > order http post /api/orders",
            "order http post /api/orders > order publish order.placed",
            "order http post /api/orders > order publish order.placed.v2",
            "order http post /api/orders > order publish timer.paymentdue",
            "order publish order.placed > order send order-events",
            "order publish order.placed.v2 > order send order-events",
            "order publish order.placed.v2 > inventory consume order.placed.v2 duplicate",
            "order publish order.placed.v2 > notification consume order.placed.v2 duplicate",
            "order publish order.placed > notification consume order.placed applied",
            "notification consume order.placed applied > notification smtp.send",
            "order publish order.placed > inventory consume order.placed applied");

    /** Spans from the reservation to the call of the payment provider. */
    static final List<String> RESERVED = List.of(
            "inventory consume order.placed applied > inventory publish stock.reserved",
            "inventory publish stock.reserved > inventory send inventory-events",
            "inventory publish stock.reserved > order consume stock.reserved applied",
            "order consume stock.reserved applied > order publish order.reserved",
            "order publish order.reserved > order send order-events",
            "order publish order.reserved > payment consume order.reserved applied",
            "order publish order.reserved > notification consume order.reserved applied",
            "notification consume order.reserved applied > notification smtp.send",
            "payment consume order.reserved applied > payment http post");

    static final List<String> PAID = List.of(
            "payment consume order.reserved applied > payment publish payment.completed",
            "payment publish payment.completed > payment send payment-events",
            "payment publish payment.completed > order consume payment.completed applied",
            "order consume payment.completed applied > order publish order.paid",
            "order publish order.paid > order send order-events",
            "order publish order.paid > inventory consume order.paid applied",
            "inventory consume order.paid applied > inventory publish stock.committed",
            "inventory publish stock.committed > inventory send inventory-events",
            "order publish order.paid > notification consume order.paid applied",
            "notification consume order.paid applied > notification smtp.send",
            "order publish order.paid > loyalty consume order.paid applied",
            "loyalty consume order.paid applied > loyalty publish points.awarded",
            "loyalty publish points.awarded > loyalty send loyalty-events",
            "loyalty publish points.awarded > notification consume points.awarded applied",
            "order publish order.paid > shipping consume order.paid applied",
            "shipping consume order.paid applied > shipping http post",
            "shipping consume order.paid applied > shipping publish shipment.dispatched",
            "shipping publish shipment.dispatched > shipping send shipping-events",
            "shipping publish shipment.dispatched > order consume shipment.dispatched applied",
            "order consume shipment.dispatched applied > order publish order.shipped",
            "order publish order.shipped > order send order-events",
            "order publish order.shipped > shipping consume order.shipped applied",
            "shipping consume order.shipped applied > shipping http post",
            "order publish order.shipped > notification consume order.shipped applied",
            "notification consume order.shipped applied > notification smtp.send");

    static final List<String> DECLINED = List.of(
            "payment consume order.reserved applied > payment publish payment.declined",
            "payment publish payment.declined > payment send payment-events",
            "payment publish payment.declined > order consume payment.declined applied",
            "order consume payment.declined applied > order publish order.cancelled",
            "order publish order.cancelled > order send order-events",
            "order publish order.cancelled > inventory consume order.cancelled applied",
            "inventory consume order.cancelled applied > inventory publish stock.released",
            "inventory publish stock.released > inventory send inventory-events",
            "order publish order.cancelled > payment consume order.cancelled applied",
            "order publish order.cancelled > shipping consume order.cancelled applied",
            "order publish order.cancelled > loyalty consume order.cancelled applied",
            "order publish order.cancelled > notification consume order.cancelled applied",
            "notification consume order.cancelled applied > notification smtp.send");

    /** Spans of a cancellation that waits behind the order's dead letter, and of the replay of both. */
    static final List<String> REPLAYED = List.of(
            "order publish order.placed > inventory consume order.placed dead",
            "order publish order.placed > inventory send inventory-service.dlt",
            "client > order http post /api/orders/{id}/cancel",
            "order http post /api/orders/{id}/cancel > order publish order.cancelled",
            "order publish order.cancelled > order send order-events",
            "order publish order.cancelled > inventory consume order.cancelled held",
            "order publish order.cancelled > payment consume order.cancelled applied",
            "order publish order.cancelled > shipping consume order.cancelled applied",
            "order publish order.cancelled > loyalty consume order.cancelled applied",
            "order publish order.cancelled > notification consume order.cancelled applied",
            "notification consume order.cancelled applied > notification smtp.send",
            "order publish order.placed > inventory send inventory-service.retry-1",
            "inventory consume order.placed applied > inventory publish stock.reserved",
            "inventory publish stock.reserved > inventory send inventory-events",
            "inventory publish stock.reserved > order consume stock.reserved applied",
            "order publish order.cancelled > inventory send inventory-service.retry-1",
            "order publish order.cancelled > inventory consume order.cancelled applied",
            "inventory consume order.cancelled applied > inventory publish stock.released",
            "inventory publish stock.released > inventory send inventory-events");

    private OrderTraces() {}
}

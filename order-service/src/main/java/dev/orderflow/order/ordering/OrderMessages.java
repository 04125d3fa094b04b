package dev.orderflow.order.ordering;

import com.google.protobuf.Timestamp;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.api.v1.CancellationReason;
import dev.orderflow.order.api.v1.Order;
import dev.orderflow.order.api.v1.OrderStatus;
import dev.orderflow.order.api.v1.PlaceRequest;
import dev.orderflow.order.api.v1.StatusChange;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts orders to and from messages of the gRPC interface. */
final class OrderMessages {

    private OrderMessages() {}

    static Order order(OrderView order) {
        var message = Order.newBuilder()
                .setOrderId(order.orderId().toString())
                .setCustomerId(order.customerId())
                .setStatus(status(order.status()))
                .setReason(reason(order.reason()))
                .setTotal(money(order.total()))
                .setPlacedAt(time(order.placedAt()))
                .setVersion(order.version());
        order.discounts().forEach(discount -> message.addDiscounts(discount(discount)));
        order.lines().forEach(line -> message.addLines(line(line)));
        order.history().forEach(change -> message.addHistory(change(change)));
        return message.build();
    }

    static StatusChange change(OrderView.Change change) {
        return StatusChange.newBuilder()
                .setStatus(status(change.status()))
                .setReason(reason(change.reason()))
                .setAt(time(change.at()))
                .build();
    }

    /** @throws Refusal if the text is not a UUID */
    static UUID orderId(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw invalid("orderId", "must be a UUID");
        }
    }

    /** @throws Refusal if the payment method is unknown */
    static @Nullable PaymentMethod paymentMethod(PlaceRequest message) {
        return switch (message.getPaymentMethod()) {
            case PAYMENT_METHOD_UNSPECIFIED -> null;
            case PAYMENT_METHOD_CARD -> PaymentMethod.CARD;
            case PAYMENT_METHOD_CARD_DECLINED -> PaymentMethod.CARD_DECLINED;
            case UNRECOGNIZED -> throw invalid("paymentMethod", "must be one of CARD, CARD_DECLINED");
        };
    }

    private static Refusal invalid(String field, String message) {
        return Refusal.invalid(
                "validation_failed", "The request is not valid; errors says why.", new Violation(field, message));
    }

    private static Order.Line line(OrderView.Line line) {
        return Order.Line.newBuilder()
                .setSku(line.sku())
                .setName(line.name())
                .setQuantity(line.quantity())
                .setUnitPrice(money(line.unitPrice()))
                .setAmount(money(line.amount()))
                .build();
    }

    private static Order.Discount discount(OrderView.Discount discount) {
        return Order.Discount.newBuilder()
                .setRule(discount.rule())
                .setPromotionId(discount.promotionId().toString())
                .setVersion(discount.version())
                .setAmount(money(discount.amount()))
                .build();
    }

    private static dev.orderflow.order.api.v1.Money money(Money money) {
        return dev.orderflow.order.api.v1.Money.newBuilder()
                .setAmount(money.amount().toPlainString())
                .setCurrency(money.currency())
                .build();
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static OrderStatus status(dev.orderflow.order.lifecycle.OrderStatus status) {
        return switch (status) {
            case PLACED -> OrderStatus.ORDER_STATUS_PLACED;
            case RESERVED -> OrderStatus.ORDER_STATUS_RESERVED;
            case PAID -> OrderStatus.ORDER_STATUS_PAID;
            case SHIPPED -> OrderStatus.ORDER_STATUS_SHIPPED;
            case DELIVERED -> OrderStatus.ORDER_STATUS_DELIVERED;
            case CANCELLED -> OrderStatus.ORDER_STATUS_CANCELLED;
        };
    }

    private static CancellationReason reason(dev.orderflow.events.order.@Nullable CancellationReason reason) {
        return switch (reason) {
            case null -> CancellationReason.CANCELLATION_REASON_UNSPECIFIED;
            case OUT_OF_STOCK -> CancellationReason.CANCELLATION_REASON_OUT_OF_STOCK;
            case PAYMENT_DECLINED -> CancellationReason.CANCELLATION_REASON_PAYMENT_DECLINED;
            case CUSTOMER_REQUEST -> CancellationReason.CANCELLATION_REASON_CUSTOMER_REQUEST;
            case DEADLINE_PASSED -> CancellationReason.CANCELLATION_REASON_DEADLINE_PASSED;
            case PARCEL_LOST -> CancellationReason.CANCELLATION_REASON_PARCEL_LOST;
            case PAYMENT_TIMEOUT -> CancellationReason.CANCELLATION_REASON_PAYMENT_TIMEOUT;
            case PARCEL_STOPPED -> CancellationReason.CANCELLATION_REASON_PARCEL_STOPPED;
        };
    }
}

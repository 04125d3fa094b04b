package dev.orderflow.order.lifecycle;

import static dev.orderflow.events.order.CancellationReason.CUSTOMER_REQUEST;
import static dev.orderflow.events.order.CancellationReason.DEADLINE_PASSED;
import static dev.orderflow.events.order.CancellationReason.OUT_OF_STOCK;
import static dev.orderflow.events.order.CancellationReason.PARCEL_LOST;
import static dev.orderflow.events.order.CancellationReason.PARCEL_STOPPED;
import static dev.orderflow.events.order.CancellationReason.PAYMENT_DECLINED;
import static dev.orderflow.events.order.CancellationReason.PAYMENT_TIMEOUT;
import static dev.orderflow.order.lifecycle.OrderLifecycle.Ignore.Why.LATE;
import static dev.orderflow.order.lifecycle.OrderLifecycle.Ignore.Why.OUT_OF_TURN;
import static dev.orderflow.order.lifecycle.OrderLifecycle.Ignore.Why.REPEATED;
import static dev.orderflow.order.lifecycle.OrderLifecycle.Ignore.Why.TOO_LATE;
import static dev.orderflow.order.lifecycle.OrderStatus.CANCELLED;
import static dev.orderflow.order.lifecycle.OrderStatus.DELIVERED;
import static dev.orderflow.order.lifecycle.OrderStatus.PAID;
import static dev.orderflow.order.lifecycle.OrderStatus.PLACED;
import static dev.orderflow.order.lifecycle.OrderStatus.RESERVED;
import static dev.orderflow.order.lifecycle.OrderStatus.SHIPPED;

import dev.orderflow.events.order.CancellationReason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order's state machine, which decides every change of status.
 * <pre>
 *           stock reserved            payment completed       dispatched           delivered
 *  PLACED ─────────────────► RESERVED ─────────────────► PAID ──────────► SHIPPED ──────────► DELIVERED
 *    │ stock rejected,          │ payment declined,        │                   │
 *    │ the customer,            │ the customer,            │ the customer      │ lost
 *    │ deadline or time-out     │ deadline or time-out     │ or stopped        │ or stopped
 *    └─────────────────────► CANCELLED ◄───────────────────┴───────────────────┘
 * </pre>
 * The other services compensate a cancelled order: inventory releases its stock, payment refunds it, shipping stops its
 * parcel. They consume the cancellation after the order, so an answer that crosses it is {@link Ignore.Why#LATE} and needs
 * no action. A dispatch and a cancellation that cross are decided here, by which of them locks the order first: a parcel
 * leaves only after its order is shipped.
 */
public final class OrderLifecycle {

    /** The consequence of a trigger. */
    public sealed interface Decision {}

    /** @param reason not null if and only if the status is {@link OrderStatus#CANCELLED} */
    public record Become(OrderStatus status, @Nullable CancellationReason reason) implements Decision {}

    /** The order does not change. Never an error, because answers may arrive at any time. */
    public record Ignore(Why why) implements Decision {

        public enum Why {
            /** The order has had this answer before. */
            REPEATED,
            /** The order was cancelled, or paid in time, in the meantime. */
            LATE,
            /** The order is dispatched: its customer can no longer cancel it. */
            TOO_LATE,
            /** The answer was not expected yet, or contradicts an earlier one. Worth an investigation. */
            OUT_OF_TURN
        }
    }

    private OrderLifecycle() {}

    /**
     * Decides on {@code trigger} for an order in {@code status}. The switches are exhaustive: a new status or trigger
     * does not compile until its consequence is decided. Pure; the caller applies the decision to the order.
     */
    public static Decision decide(OrderStatus status, OrderTrigger trigger) {
        return switch (status) {
            case PLACED ->
                switch (trigger) {
                    case STOCK_RESERVED -> become(RESERVED);
                    case STOCK_REJECTED -> cancel(OUT_OF_STOCK);
                    case PAYMENT_COMPLETED,
                            PAYMENT_DECLINED,
                            SHIPMENT_DISPATCHED,
                            SHIPMENT_DELIVERED,
                            SHIPMENT_LOST,
                            SHIPMENT_STOPPED -> ignore(OUT_OF_TURN);
                    case CUSTOMER_CANCELS -> cancel(CUSTOMER_REQUEST);
                    case DEADLINE_PASSES -> cancel(DEADLINE_PASSED);
                    case PAYMENT_TIMES_OUT -> cancel(PAYMENT_TIMEOUT);
                };
            case RESERVED ->
                switch (trigger) {
                    case STOCK_RESERVED -> ignore(REPEATED);
                    case STOCK_REJECTED, SHIPMENT_DISPATCHED, SHIPMENT_DELIVERED, SHIPMENT_LOST, SHIPMENT_STOPPED ->
                        ignore(OUT_OF_TURN);
                    case PAYMENT_COMPLETED -> become(PAID);
                    case PAYMENT_DECLINED -> cancel(PAYMENT_DECLINED);
                    case CUSTOMER_CANCELS -> cancel(CUSTOMER_REQUEST);
                    case DEADLINE_PASSES -> cancel(DEADLINE_PASSED);
                    case PAYMENT_TIMES_OUT -> cancel(PAYMENT_TIMEOUT);
                };
            case PAID ->
                switch (trigger) {
                    case STOCK_RESERVED, PAYMENT_COMPLETED -> ignore(REPEATED);
                    case STOCK_REJECTED, PAYMENT_DECLINED, SHIPMENT_DELIVERED, SHIPMENT_LOST -> ignore(OUT_OF_TURN);
                    case SHIPMENT_DISPATCHED -> become(SHIPPED);
                    case SHIPMENT_STOPPED -> cancel(PARCEL_STOPPED);
                    case CUSTOMER_CANCELS -> cancel(CUSTOMER_REQUEST);
                    case DEADLINE_PASSES, PAYMENT_TIMES_OUT -> ignore(LATE);
                };
            case SHIPPED ->
                switch (trigger) {
                    case STOCK_RESERVED, PAYMENT_COMPLETED, SHIPMENT_DISPATCHED -> ignore(REPEATED);
                    case STOCK_REJECTED, PAYMENT_DECLINED -> ignore(OUT_OF_TURN);
                    case SHIPMENT_DELIVERED -> become(DELIVERED);
                    case SHIPMENT_LOST -> cancel(PARCEL_LOST);
                    case SHIPMENT_STOPPED -> cancel(PARCEL_STOPPED);
                    case CUSTOMER_CANCELS -> ignore(TOO_LATE);
                    case DEADLINE_PASSES, PAYMENT_TIMES_OUT -> ignore(LATE);
                };
            case DELIVERED ->
                switch (trigger) {
                    case STOCK_RESERVED, PAYMENT_COMPLETED, SHIPMENT_DISPATCHED, SHIPMENT_DELIVERED -> ignore(REPEATED);
                    case STOCK_REJECTED, PAYMENT_DECLINED, SHIPMENT_LOST, SHIPMENT_STOPPED -> ignore(OUT_OF_TURN);
                    case CUSTOMER_CANCELS -> ignore(TOO_LATE);
                    case DEADLINE_PASSES, PAYMENT_TIMES_OUT -> ignore(LATE);
                };
            case CANCELLED ->
                switch (trigger) {
                    case CUSTOMER_CANCELS -> ignore(REPEATED);
                    case STOCK_RESERVED,
                            STOCK_REJECTED,
                            PAYMENT_COMPLETED,
                            PAYMENT_DECLINED,
                            SHIPMENT_DISPATCHED,
                            SHIPMENT_DELIVERED,
                            SHIPMENT_LOST,
                            SHIPMENT_STOPPED,
                            DEADLINE_PASSES,
                            PAYMENT_TIMES_OUT -> ignore(LATE);
                };
        };
    }

    /** Returns the statuses that an order can reach from {@code status} in one or more steps. */
    public static Set<OrderStatus> reachableFrom(OrderStatus status) {
        return switch (status) {
            case PLACED -> EnumSet.of(RESERVED, PAID, SHIPPED, DELIVERED, CANCELLED);
            case RESERVED -> EnumSet.of(PAID, SHIPPED, DELIVERED, CANCELLED);
            case PAID -> EnumSet.of(SHIPPED, DELIVERED, CANCELLED);
            case SHIPPED -> EnumSet.of(DELIVERED, CANCELLED);
            case DELIVERED, CANCELLED -> EnumSet.noneOf(OrderStatus.class);
        };
    }

    private static Decision become(OrderStatus status) {
        return new Become(status, null);
    }

    private static Decision cancel(CancellationReason reason) {
        return new Become(CANCELLED, reason);
    }

    private static Decision ignore(Ignore.Why why) {
        return new Ignore(why);
    }
}

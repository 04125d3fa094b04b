package dev.orderflow.verify;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.events.notification.LowStockNoticed;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.payment.PaymentCompleted;
import dev.orderflow.events.payment.PaymentDeclined;
import dev.orderflow.events.payment.PaymentRefunded;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockLow;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReleased;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.verify.evidence.Service;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Writes orders into a {@link World}, step by step, each step with all of its traces. */
final class Story {

    static final String SKU = "TEAPOT";
    static final BigDecimal PRICE = new BigDecimal("15.30");

    private static final Map<String, Class<? extends DomainEvent>> EVENT = Map.of(
            "PLACED",
            OrderPlaced.class,
            "RESERVED",
            OrderReserved.class,
            "PAID",
            OrderPaid.class,
            "SHIPPED",
            OrderShipped.class,
            "DELIVERED",
            OrderDelivered.class,
            "CANCELLED",
            OrderCancelled.class);

    final Parcels parcels;
    final Promotions promotions;
    final Ledger ledger;
    private final World world;
    private final Map<UUID, Integer> positions = new HashMap<>();

    Story(World world) {
        this.world = world;
        this.parcels = new Parcels(world);
        this.promotions = new Promotions(world);
        this.ledger = new Ledger(world);
        world.sql(Service.INVENTORY, "INSERT INTO stock_item VALUES (?, 100, 0, 0, 0)", SKU);
        world.sql(Service.INVENTORY, "INSERT INTO stock_adjustment (sku, delta, at) VALUES (?, 100, now())", SKU);
    }

    /** Returns a story in which one order has come to each possible end. */
    static Story ofAllOutcomes(World world) {
        var story = new Story(world);
        story.promotions.claim(story.promotions.add(1, 1), story.shipped());
        story.declined();
        story.outOfStock();
        story.refunded();
        story.stopped();
        story.lost();
        story.lowStock();
        story.ledger.redeem(Ledger.REDEEMED);
        return story;
    }

    void lowStock() {
        world.publish(Service.INVENTORY, SKU, StockLow.class);
        world.publish(Service.NOTIFICATION, SKU, LowStockNoticed.class);
    }

    /** Writes an order whose parcel is on its way. */
    UUID shipped() {
        var order = paid();
        ship(order);
        return order;
    }

    /** Writes an order that is paid and has no shipment yet. */
    UUID paid() {
        var order = reserved();
        captured(order);
        become(order, "PAID", null);
        committed(order);
        return order;
    }

    /** Writes an order whose parcel has arrived. */
    UUID delivered() {
        var order = shipped();
        parcels.become(order, "DELIVERED", ShipmentDelivered.class);
        become(order, "DELIVERED", null);
        return order;
    }

    /** Writes an order whose parcel was lost. */
    UUID lost() {
        var order = shipped();
        parcels.become(order, "LOST", ShipmentLost.class);
        become(order, "CANCELLED", "PARCEL_LOST");
        refund(order);
        return order;
    }

    /** Writes an order whose cancellation crossed its dispatch. */
    UUID stopped() {
        var order = paid();
        parcels.register(order);
        cancelled(order, "CUSTOMER_REQUEST");
        parcels.become(order, "STOPPED", ShipmentStopped.class);
        return order;
    }

    /** Continues a paid order. */
    void ship(UUID order) {
        parcels.register(order);
        become(order, "SHIPPED", null);
    }

    UUID declined() {
        var order = reserved();
        world.sql(
                Service.PAYMENT,
                "INSERT INTO payment VALUES (?, ?, 'GBP', 'DECLINED', 'p', 'no', now(), now(), 0)",
                order,
                PRICE);
        charge(order, "DECLINED", PRICE);
        world.publish(Service.PAYMENT, order, PaymentDeclined.class);
        become(order, "CANCELLED", "PAYMENT_DECLINED");
        released(order, "reserved");
        return order;
    }

    UUID outOfStock() {
        var order = placed();
        rejected(order);
        return order;
    }

    /** Writes an order that is out of stock and whose first event was published in two versions. */
    UUID outOfStockInTwoVersions() {
        var order = inserted();
        changeStatus(order, "PLACED", null);
        var placed = world.publish(Service.ORDER, order, OrderPlaced.class);
        world.publishVersion(Service.ORDER, placed, OrderPlacedV2.class);
        rejected(order);
        return order;
    }

    private void rejected(UUID order) {
        world.sql(Service.INVENTORY, "INSERT INTO reservation VALUES (?, 'REJECTED', now(), now(), 0)", order);
        world.publish(Service.INVENTORY, order, StockRejected.class);
        become(order, "CANCELLED", "OUT_OF_STOCK");
    }

    UUID refunded() {
        var order = paid();
        cancelled(order, "CUSTOMER_REQUEST");
        return order;
    }

    void cancelled(UUID order, String reason) {
        become(order, "CANCELLED", reason);
        released(order, "sold");
        refund(order);
    }

    void refund(UUID order) {
        world.sql(Service.PAYMENT, "UPDATE payment SET state = 'REFUNDED' WHERE order_id = ?", order);
        world.sandbox.payments.replaceAll(payment ->
                payment.get("orderId").equals(order.toString()) ? payment(order, "REFUNDED", PRICE) : payment);
        world.publish(Service.PAYMENT, order, PaymentRefunded.class);
    }

    /** Writes an order in PLACED whose first event is not sent yet. */
    UUID unsent() {
        var order = UUID.randomUUID();
        world.sql(Service.ORDER, """
                INSERT INTO orders (id, customer_id, status, currency, total, payment_method, placed_at, version)
                VALUES (?, 'c', 'PLACED', 'GBP', 15.30, 'CARD', now(), 0)
                """, order);
        world.sql(Service.ORDER, "INSERT INTO order_line VALUES (?, 1, 'TEAPOT', 'Teapot', 1, 15.30, 15.30)", order);
        world.sql(Service.ORDER, "INSERT INTO order_status_change VALUES (?, 1, 'PLACED', NULL, now())", order);
        world.recordOnly(Service.ORDER, order, OrderPlaced.class);
        return order;
    }

    /** Returns an order that is reserved and not yet paid. */
    UUID reserved() {
        var order = placed();
        world.sql(Service.INVENTORY, "INSERT INTO reservation VALUES (?, 'RESERVED', now(), now(), 0)", order);
        world.sql(Service.INVENTORY, "INSERT INTO reservation_line VALUES (?, ?, 1)", order, SKU);
        world.sql(Service.INVENTORY, "UPDATE stock_item SET available = available - 1, reserved = reserved + 1");
        world.publish(Service.INVENTORY, order, StockReserved.class);
        become(order, "RESERVED", null);
        return order;
    }

    UUID placed() {
        var order = inserted();
        become(order, "PLACED", null);
        return order;
    }

    private UUID inserted() {
        var order = UUID.randomUUID();
        world.sql(Service.ORDER, """
                INSERT INTO orders (id, customer_id, status, currency, total, payment_method, placed_at, version)
                VALUES (?, 'c', 'PLACED', 'GBP', ?, 'CARD', now(), 0)
                """, order, PRICE);
        world.sql(
                Service.ORDER, "INSERT INTO order_line VALUES (?, 1, ?, 'Teapot', 1, ?, ?)", order, SKU, PRICE, PRICE);
        return order;
    }

    void captured(UUID order) {
        world.sql(
                Service.PAYMENT,
                "INSERT INTO payment VALUES (?, ?, 'GBP', 'CAPTURED', 'p', NULL, now(), now(), 0)",
                order,
                PRICE);
        charge(order, "CAPTURED", PRICE);
        world.publish(Service.PAYMENT, order, PaymentCompleted.class);
    }

    void become(UUID order, String status, String reason) {
        changeStatus(order, status, reason);
        world.publish(Service.ORDER, order, EVENT.get(status));
    }

    /** Changes the status and writes its e-mail and its points, without its event. */
    void changeStatus(UUID order, String status, String reason) {
        ledger.follow(order, status);
        world.sql(Service.ORDER, "UPDATE orders SET status = ?, reason = ? WHERE id = ?", status, reason, order);
        world.sql(
                Service.ORDER,
                "INSERT INTO order_status_change VALUES (?, ?, ?, ?, now())",
                order,
                positions.merge(order, 1, Integer::sum),
                status,
                reason);
        world.sql(Service.NOTIFICATION, "INSERT INTO mail VALUES (?, ?, 'c@example.com', 's', now())", order, status);
        mail(order, status);
    }

    void committed(UUID order) {
        world.sql(Service.INVENTORY, "UPDATE reservation SET state = 'COMMITTED' WHERE order_id = ?", order);
        world.sql(Service.INVENTORY, "UPDATE stock_item SET reserved = reserved - 1, sold = sold + 1");
        world.publish(Service.INVENTORY, order, StockCommitted.class);
    }

    void mail(UUID order, String status) {
        world.sandbox.mails.add(
                Map.of("to", "c@example.com", "subject", "s", "orderId", order.toString(), "status", status));
    }

    void charge(UUID order, String state, BigDecimal amount) {
        world.sandbox.payments.add(payment(order, state, amount));
    }

    void released(UUID order, String from) {
        world.sql(Service.INVENTORY, "UPDATE reservation SET state = 'RELEASED' WHERE order_id = ?", order);
        world.sql(
                Service.INVENTORY,
                String.format(Locale.ROOT, "UPDATE stock_item SET %1$s = %1$s - 1, available = available + 1", from));
        world.publish(Service.INVENTORY, order, StockReleased.class);
    }

    private static Map<String, Object> payment(UUID order, String state, BigDecimal amount) {
        return Map.of(
                "orderId",
                order.toString(),
                "amount",
                Map.of("amount", amount.toPlainString(), "currency", "GBP"),
                "state",
                state,
                "idempotencyKey",
                order.toString(),
                "calls",
                1);
    }
}

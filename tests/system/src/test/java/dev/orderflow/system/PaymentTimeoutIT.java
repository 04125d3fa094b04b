package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.timer.PaymentDue;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests orders that nobody pays. Their timers run out when the test says so, mostly long before the time of charging is over. */
@SystemTest
@EnabledIfSystemProperty(named = "suites", matches = "all", disabledReason = "-Pthorough runs it")
class PaymentTimeoutIT {

    private static final int MANY = 40;

    private static final String RUN_OUT =
            "UPDATE scheduled_event SET due = now() + ?::interval WHERE key = ? AND due > now() + interval '1 minute' RETURNING key";

    private static final String HOLD =
            "UPDATE scheduled_event SET due = now() + interval '1 hour' WHERE key = ? RETURNING key";

    private static final String TIMERS =
            "SELECT count(*) FROM scheduled_event WHERE key = ? AND due > now() + interval '1 minute'";

    /** Omits the reminder. */
    private static final String SKIP_REMINDER = """
            UPDATE scheduled_event
               SET payloads = ARRAY[convert_to(replace(convert_from(payloads[1], 'UTF8'), 'REMINDER', 'TIMEOUT'), 'UTF8')]
             WHERE key = ?
            RETURNING key
            """;

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final ServiceDatabase database;
    private final String sku;

    PaymentTimeoutIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.database = new ServiceDatabase(suite, Service.ORDER);
        this.sku = shop.newProduct(MANY);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /**
     * Kills order-service in the transaction that publishes the time-out, or in the one that handles it.
     *
     * @param topic the one for whose events the transaction writes when it is killed
     */
    @ParameterizedTest
    @ValueSource(strings = {Topics.ORDER_TIMERS, Topics.ORDER_EVENTS})
    void anOrderThatNobodyPaysIsCancelledOnceThoughItsServiceIsKilled(String topic) {
        suite.kill(Part.PAYMENT);
        var order = shop.place(sku, 2);
        shop.await(order.orderId(), OrderStatus.RESERVED);
        letTheTimerRunOut(order.orderId());
        awaitTimer(order.orderId());

        var stream = database.lock(streamOf(topic, order.orderId()));
        letTheTimerRunOut(order.orderId());
        database.awaitBlocked("outbox_sequence");
        suite.kill(Part.ORDER);
        database.endConnections();
        stream.release();
        suite.start(Part.ORDER);

        assertCancelled(shop.awaitFinal(order.orderId()));
        suite.start(Part.PAYMENT);
        sandbox.awaitPayment(order.orderId(), order.total(), "REFUNDED");
        shop.awaitStock(sku, MANY, 0, 0);
        sandbox.awaitMails(order.orderId(), "PLACED", "RESERVED", "UNPAID", "CANCELLED");
        assertThat(database.published(order.orderId()))
                .containsExactly(
                        Service.typeOf(OrderPlaced.class),
                        Service.typeOf(OrderPlacedV2.class),
                        Service.typeOf(OrderReserved.class),
                        Service.typeOf(PaymentDue.class),
                        Service.typeOf(OrderUnpaid.class),
                        Service.typeOf(PaymentDue.class),
                        Service.typeOf(OrderCancelled.class));
    }

    @Test
    void ordersTimeOutOnceWhileTheirServiceIsKilled() {
        suite.kill(Part.PAYMENT);
        var orders = place();
        orders.forEach(order -> shop.await(order.orderId(), OrderStatus.RESERVED));
        timeOut(orders, Duration.ofMillis(75));
        Eventually.soon().until(() -> cancelled() > 0);
        suite.kill(Part.ORDER);
        assertThat(cancelled()).as("cancelled before the kill").isLessThan(MANY);
        suite.start(Part.ORDER);

        orders.forEach(order -> assertCancelled(shop.awaitFinal(order.orderId())));
        suite.start(Part.PAYMENT);
        shop.awaitStock(sku, MANY, 0, 0);
        orders.forEach(order -> sandbox.awaitPayment(order.orderId(), order.total(), "REFUNDED"));
    }

    /** The provider answers at about the time of the time-out: an order is paid and kept, or cancelled and refunded. */
    @Test
    void ordersThatTimeOutWhileTheyAreChargedAreEitherPaidOrRefunded() {
        sandbox.beSlow(Duration.ofMillis(1_500));
        var orders = place();
        timeOut(orders, Duration.ofMillis(75));

        var ended =
                orders.stream().map(order -> shop.awaitFinal(order.orderId())).toList();
        sandbox.beWell();

        var paid = ended.stream()
                .filter(order -> order.status() == OrderStatus.PAID)
                .count();
        ended.stream()
                .filter(order -> order.status() == OrderStatus.CANCELLED)
                .forEach(order -> assertThat(order.reason()).isEqualTo("PAYMENT_TIMEOUT"));
        shop.awaitStock(sku, MANY - paid, 0, paid);
    }

    /** Its instance of order-service ends charging after 11 seconds. */
    @Test
    void anOrderThatIsCancelledAndWhoseTimeOfChargingIsOverIsNotCharged() {
        suite.kill(Part.PAYMENT);
        suite.kill(Part.ORDER);
        Order order;
        try (var hasty = new SecondOrderService(suite.topology(), "-Dorders.payment.timeout=10s")) {
            order = hasty.shop().place(sku, 2);
            assertThat(database.texts(HOLD, order.orderId().toString())).hasSize(1);
            hasty.shop().await(order.orderId(), OrderStatus.RESERVED);
            assertThat(database.texts(RUN_OUT, "12 seconds", order.orderId().toString()))
                    .hasSize(1);
            assertCancelled(hasty.shop().awaitFinal(order.orderId()));
        }
        suite.start(Part.ORDER);
        suite.start(Part.PAYMENT);

        sandbox.awaitPayment(order.orderId(), order.total(), "DECLINED");
        shop.awaitStock(sku, MANY, 0, 0);
        sandbox.awaitMails(order.orderId(), "PLACED", "RESERVED", "CANCELLED");
        assertThat(shop.awaitFinal(order.orderId()).reason()).isEqualTo("PAYMENT_TIMEOUT");
    }

    @Test
    void stockThatIsReservedAfterTheTimeOutIsReleased() {
        suite.kill(Part.INVENTORY);
        var order = shop.place(sku, 2);
        timeOut(List.of(order), Duration.ZERO);
        assertThat(shop.awaitFinal(order.orderId()).reason()).isEqualTo("PAYMENT_TIMEOUT");
        suite.start(Part.INVENTORY);

        shop.awaitStock(sku, MANY, 0, 0);
        sandbox.awaitMails(order.orderId(), "PLACED", "CANCELLED");
        assertThat(sandbox.payments(order.orderId())).isEmpty();
    }

    private List<Order> place() {
        return IntStream.range(0, MANY).mapToObj(number -> shop.place(sku, 1)).toList();
    }

    private static void assertCancelled(Order order) {
        assertThat(order.reason()).isEqualTo("PAYMENT_TIMEOUT");
        assertThat(order.history())
                .extracting(Order.Change::status)
                .containsExactly(OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.CANCELLED);
    }

    /** Has one order after the other time out, without a reminder; those that are paid already have no timer any more. */
    private void timeOut(List<Order> orders, Duration each) {
        for (var number = 0; number < orders.size(); number++) {
            var key = orders.get(number).orderId().toString();
            database.texts(SKIP_REMINDER, key);
            database.texts(RUN_OUT, each.multipliedBy(number).toString(), key);
        }
    }

    private void letTheTimerRunOut(UUID order) {
        assertThat(database.texts(RUN_OUT, "0", order.toString())).hasSize(1);
    }

    /** Waits until the reminder has been handled, which schedules the time-out. */
    private void awaitTimer(UUID order) {
        Eventually.soon().until(() -> database.count(TIMERS, order.toString()) == 1);
    }

    private long cancelled() {
        return database.count(
                "SELECT count(*) FROM orders JOIN order_line ON id = order_id WHERE sku = ? AND status = 'CANCELLED'",
                sku);
    }

    private static String streamOf(String topic, UUID key) {
        return String.format(
                Locale.ROOT, "SELECT FROM outbox_sequence WHERE topic = '%s' AND key = '%s' FOR UPDATE", topic, key);
    }
}

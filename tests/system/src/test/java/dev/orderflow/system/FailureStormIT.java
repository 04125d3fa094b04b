package dev.orderflow.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockReleased;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.verify.evidence.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places many orders of which some fail once and a few permanently; {@code -Dstorm.orders=2000} sets their number. */
@SystemTest
class FailureStormIT {

    private static final Logger log = LoggerFactory.getLogger(FailureStormIT.class);

    private static final int ORDERS = Integer.getInteger("storm.orders", 300);
    private static final int CUSTOMERS = 64;
    private static final double FAILING_ONCE = 0.01;

    /** Blocks inventory-service from consuming events and nothing else. */
    private static final String INBOX = "LOCK TABLE inbox IN SHARE ROW EXCLUSIVE MODE";

    private static final String RETRIED =
            "SELECT count(DISTINCT key) FROM outbox WHERE topic = 'inventory-service.retry-1'";
    private static final String DEAD = "SELECT key FROM dead_letter WHERE state = 'DEAD'";
    private static final String HOLDS = "SELECT count(*) FROM key_hold";

    private final RunningSuite suite;
    private final Shop shop;
    private final HandlerFaults faults;
    private final ServiceDatabase database;

    FailureStormIT(RunningSuite suite, Shop shop) {
        this.suite = suite;
        this.shop = shop;
        this.faults = suite.faults(Part.INVENTORY);
        this.database = new ServiceDatabase(suite, Service.INVENTORY);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void onlyPermanentFailuresAndTheirFollowersWaitForAReplay() {
        var sku = shop.newProduct(ORDERS);
        var retriedBefore = database.count(RETRIED);
        faults.add(Map.of("key", "*", "share", FAILING_ONCE, "times", 1));
        var inbox = database.lock(INBOX);
        var orders = AtOnce.times(ORDERS, CUSTOMERS, () -> shop.place(sku, 1)).stream()
                .map(Order::orderId)
                .toList();
        var stuck = List.of(orders.get(ORDERS / 4), orders.get(ORDERS / 2), orders.get(3 * ORDERS / 4));
        stuck.forEach(order -> faults.add(Map.of("key", order.toString(), "permanent", true)));
        var begin = Instant.now();
        inbox.release();

        var lastPaid = orders.stream()
                .filter(order -> !stuck.contains(order))
                .map(shop::paidAt)
                .max(Instant::compareTo)
                .orElseThrow();
        log.info(
                "orders={} failedOnce={} failedPermanently={} othersPaidSeconds={}",
                ORDERS,
                database.count(RETRIED) - retriedBefore,
                stuck.size(),
                secondsBetween(begin, lastPaid));
        shop.awaitStock(sku, stuck.size(), 0, ORDERS - stuck.size());
        awaitDead(stuck);

        var cancelled = stuck.getFirst();
        shop.cancel(cancelled);
        awaitHolds(cancelled, "DEAD 0", "PARKED 0");
        replay();

        shop.awaitStock(sku, 1, 0, ORDERS - 1);
        for (var order : stuck.subList(1, stuck.size())) {
            assertHistory(order, OrderStatus.PLACED, OrderStatus.RESERVED, OrderStatus.PAID);
            assertPublished(order, Service.typeOf(StockReserved.class), Service.typeOf(StockCommitted.class));
        }
        assertHistory(cancelled, OrderStatus.PLACED, OrderStatus.CANCELLED);
        assertPublished(cancelled, Service.typeOf(StockReserved.class), Service.typeOf(StockReleased.class));
        assertThat(database.count(HOLDS)).isZero();
    }

    private void replay() {
        faults.clear();
        var begin = Instant.now();
        suite.deadLetters("replay", "--all", "--wait");
        log.info("replaySeconds={}", secondsBetween(begin, Instant.now()));
    }

    private void awaitDead(List<UUID> orders) {
        Eventually.await()
                .untilAsserted(() -> assertThat(database.texts(DEAD))
                        .containsExactlyInAnyOrderElementsOf(
                                orders.stream().map(UUID::toString).toList()));
    }

    private void awaitHolds(UUID order, String... holds) {
        Eventually.await().untilAsserted(() -> assertThat(database.holds(order)).containsExactly(holds));
    }

    private void assertHistory(UUID order, OrderStatus... statuses) {
        assertThat(shop.awaitFinal(order).history())
                .extracting(Order.Change::status)
                .containsExactly(statuses);
    }

    private void assertPublished(UUID order, String... types) {
        assertThat(database.published(order)).containsExactly(types);
    }

    private static double secondsBetween(Instant begin, Instant end) {
        return Duration.between(begin, end).toMillis() / 1000.0;
    }
}

package dev.orderflow.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.process.Part;
import dev.orderflow.events.Topics;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.verify.evidence.Service;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Kills inventory-service with SIGKILL between two steps of the path of a failing event. The service is stopped at that
 * step from outside, by locks in its database or an unavailable broker.
 */
@SystemTest
class DiversionCrashIT {

    private static final String GROUP = "inventory-service";
    private static final String HANDLER = "StockEventHandlers.reserve";
    private static final int IN_STOCK = 10;

    /** Blocks all writes to the outbox, but not the relay's reads. */
    private static final String OUTBOX = "LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE";

    private static final String WRITING_TO_OUTBOX = "INSERT INTO outbox";

    /** Blocks the relay from renewing its leases and storing its cursor. */
    private static final String CURSORS = "SELECT FROM outbox_bucket FOR UPDATE";

    private static final String STORING_CURSOR = "UPDATE outbox_bucket SET cursor";

    /** Blocks a replay from sending the third dead letter. */
    private static final String THIRD_LETTER = """
            SELECT FROM key_hold
            WHERE event_id = (SELECT event_id FROM dead_letter WHERE state = 'DEAD' ORDER BY died_at, id OFFSET 2 LIMIT 1)
            FOR UPDATE
            """;

    private static final String HOLDS = "SELECT count(*) FROM key_hold";
    private static final String LETTERS =
            "SELECT count(*) FROM dead_letter WHERE state = ? AND key = ANY (string_to_array(?, ','))";

    private final RunningSuite suite;
    private final Shop shop;
    private final Sandbox sandbox;
    private final HandlerFaults faults;
    private final ServiceDatabase database;
    private final EventTopics topics;
    private final String sku;

    DiversionCrashIT(RunningSuite suite, Shop shop, Sandbox sandbox) {
        this.suite = suite;
        this.shop = shop;
        this.sandbox = sandbox;
        this.faults = suite.faults(Part.INVENTORY);
        this.database = new ServiceDatabase(suite, Service.INVENTORY);
        this.topics = new EventTopics(suite.topology().bootstrapServers());
        this.sku = shop.newProduct(IN_STOCK);
    }

    @BeforeEach
    void failUntilKilled() {
        faults.add(Map.of("handler", HANDLER, "key", "*", "share", 1));
    }

    @AfterEach
    void close() {
        topics.close();
        database.close();
    }

    @Test
    void beforeTheCommitNothingHasHappened() {
        var outbox = database.lock(OUTBOX);
        var order = shop.place(sku, 1);
        database.awaitBlocked(WRITING_TO_OUTBOX);
        kill();
        outbox.release();

        assertThat(database.holds(order.orderId())).isEmpty();

        suite.start(Part.INVENTORY);
        assertTookEffectOnce(order);
        assertThat(retries(1, order)).isZero();
    }

    @Test
    void afterTheCommitTheEventIsKnownBeforeItsOffsetIsStoredOrItsRetrySent() {
        var outbox = database.lock(OUTBOX);
        var order = shop.place(sku, 1);
        database.awaitBlocked(WRITING_TO_OUTBOX);
        suite.kill(Part.KAFKA);
        outbox.release();
        awaitHold(order, "RETRYING 1");
        kill();
        suite.start(Part.KAFKA);

        assertThat(topics.lag(GROUP, Topics.ORDER_EVENTS)).isPositive();
        assertThat(retries(1, order)).isZero();

        suite.start(Part.INVENTORY);
        assertTookEffectOnce(order);
        assertThat(retries(1, order)).isEqualTo(1);
        topics.awaitConsumed(GROUP, Topics.ORDER_EVENTS);
    }

    @Test
    void beforeTheRelayHasStoredItsCursorTheRetryIsSentAgainAndIsACopy() {
        var outbox = database.lock(OUTBOX);
        var order = shop.place(sku, 1);
        database.awaitBlocked(WRITING_TO_OUTBOX);
        awaitRenewal();
        var cursors = database.lock(CURSORS);
        outbox.release();
        database.awaitBlocked(STORING_CURSOR);
        kill();
        cursors.release();

        assertThat(retries(1, order)).isEqualTo(1);

        suite.start(Part.INVENTORY);
        assertTookEffectOnce(order);
        Eventually.await().untilAsserted(() -> assertThat(retries(1, order)).isEqualTo(2));
        topics.awaitConsumed(GROUP + ".retry", GROUP + ".retry-1");
        assertTookEffectOnce(order);
    }

    @Test
    void aRecordThatWaitsInMemoryIsReadAgainAfterAKill() {
        var order = shop.place(sku, 1);
        awaitHold(order, "RETRYING 2");
        Eventually.soon().until(() -> retries(2, order) == 1);
        kill();

        assertThat(topics.lag(GROUP + ".retry", GROUP + ".retry-2")).isPositive();

        suite.start(Part.INVENTORY);
        assertTookEffectOnce(order);
    }

    @Test
    void duringAReplayWithARateTheLettersThatAreQueuedFollowLater() {
        faults.clear();
        faults.add(Map.of("handler", HANDLER, "key", "*", "share", 1, "permanent", true));
        var orders = IntStream.range(0, 5).mapToObj(index -> shop.place(sku, 1)).toList();
        awaitLetters(orders, "DEAD", 5);
        faults.clear();

        database.lock(THIRD_LETTER);
        suite.deadLetters("replay", "--all", "--rate", "2");
        database.awaitBlocked("key_hold");
        awaitLetters(orders, "REPLAYED", 2);
        awaitLetters(orders, "QUEUED", 3);
        kill();
        database.close();

        suite.start(Part.INVENTORY);
        orders.forEach(this::assertPaidOnce);
        awaitLetters(orders, "REPLAYED", 5);
        shop.awaitStock(sku, IN_STOCK - 5, 0, 5);
    }

    /** Kills the service. Its waiting statements must not continue when the lock is released. */
    private void kill() {
        suite.kill(Part.INVENTORY);
        database.endConnections();
    }

    private void assertTookEffectOnce(Order order) {
        assertPaidOnce(order);
        shop.awaitStock(sku, IN_STOCK - 1, 0, 1);
    }

    private void assertPaidOnce(Order order) {
        shop.await(order.orderId(), OrderStatus.PAID);
        sandbox.awaitPayment(order.orderId(), order.total(), "CAPTURED");
        Eventually.await()
                .untilAsserted(() -> assertThat(database.published(order.orderId()))
                        .containsExactly(Service.typeOf(StockReserved.class), Service.typeOf(StockCommitted.class)));
        Eventually.await().untilAsserted(() -> assertThat(database.count(HOLDS)).isZero());
    }

    private long retries(int level, Order order) {
        return topics.count(GROUP + ".retry-" + level, order.orderId());
    }

    private void awaitHold(Order order, String hold) {
        Eventually.soon()
                .untilAsserted(() -> assertThat(database.holds(order.orderId())).containsExactly(hold));
    }

    private void awaitLetters(List<Order> orders, String state, int wanted) {
        var keys = orders.stream().map(order -> order.orderId().toString()).collect(joining(","));
        Eventually.await()
                .untilAsserted(
                        () -> assertThat(database.count(LETTERS, state, keys)).isEqualTo(wanted));
    }

    /** Waits until the relay has renewed its leases, so that it is free to send afterwards. */
    private void awaitRenewal() {
        var before = renewal();
        Eventually.soon().until(() -> !renewal().equals(before));
    }

    private String renewal() {
        return database.texts("SELECT max(leased_until) FROM outbox_bucket").getFirst();
    }
}

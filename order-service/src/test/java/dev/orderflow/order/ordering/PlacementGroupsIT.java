package dev.orderflow.order.ordering;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.wire.StoredHeaders;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import dev.orderflow.order.groupcommit.GroupCommit;
import dev.orderflow.order.groupcommit.GroupTransactions;
import dev.orderflow.order.lifecycle.OrderStatus;
import dev.orderflow.order.ordering.OrderPlacement.Placement;
import dev.orderflow.order.ownership.Ownership;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Orders that are placed by one transaction. */
@OrderServiceTest
class PlacementGroupsIT {

    private static final Ownership OWNER = new Ownership("demo", null, "");

    private static final int ORDERS = 20;
    /** The first ones go at once, each by a transaction of its own. */
    private static final int AT_ONCE = 3;

    @Autowired
    EntityManager entities;

    @Autowired
    OrderClient client;

    @Autowired
    OrderPlacement placement;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private final String customer = "group-" + UUID.randomUUID();
    private final NewOrder lamp = new NewOrder(customer, List.of(new NewOrder.Line("LAMP", 1)), PaymentMethod.CARD);

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void ordersThatArriveMeanwhileArePlacedInOneTransaction() throws Exception {
        var answers = placeAtOnce(number -> order(customer, line("LAMP", number)));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(client.get(answer.orderId()).body()).isEqualTo(answer.body()));
        assertThat(countOf("orders")).isEqualTo(ORDERS);
        assertThat(countOf("events")).isEqualTo(ORDERS);
        assertThat(jdbc.sql("SELECT count(DISTINCT xmin::text) FROM orders WHERE customer_id = :customer")
                        .param("customer", customer)
                        .query(Integer.class)
                        .single())
                .isEqualTo(AT_ONCE + 1);
    }

    @Test
    void aRefusedOrderOfAGroupLeavesNothingAndTheOthersArePlaced() throws Exception {
        var answers =
                placeAtOnce(number -> order(customer, line("LAMP", 1), line(number % 4 == 0 ? "NO-SUCH" : "LAMP", 1)));

        assertThat(answers).filteredOn(answer -> answer.status() == 422).hasSize(ORDERS / 4);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(ORDERS - ORDERS / 4);
        assertThat(countOf("orders")).isEqualTo(ORDERS - ORDERS / 4);
        assertThat(countOf("events")).isEqualTo(ORDERS - ORDERS / 4);
    }

    /** Each has a time of 1,000 s for each unit of its line, and the number of units in its id. */
    @Test
    void eachOrderOfAGroupHasTheContextOfItsOwnRequest() throws Exception {
        placeAtOnce(
                number -> order(customer, line("LAMP", number)),
                number -> Map.of("X-Request-Timeout-Ms", number + "000000", "X-Request-Id", "r-" + number));

        var contexts = jdbc.sql("""
                        SELECT l.quantity, round(extract(epoch FROM o.deadline - o.placed_at) / 1000)::int AS time, e.headers
                          FROM orders o
                               JOIN order_line l ON l.order_id = o.id
                               JOIN outbox e ON e.key = o.id::text
                         WHERE o.customer_id = :customer AND e.type = 'dev.orderflow.order.placed.v1'
                        """)
                .param("customer", customer)
                .query((row, number) -> List.of(
                        "r-" + row.getInt("quantity"), "r-" + row.getInt("time"), causationId(row.getBytes("headers"))))
                .list();
        assertThat(contexts)
                .hasSize(ORDERS)
                .allMatch(context -> Set.copyOf(context).size() == 1);
    }

    /** The order is not refused but fails, by a mistake in the database that meets one customer only. */
    @Test
    void anOrderThatMakesItsTransactionFailFailsAlone() throws Exception {
        jdbc.sql("""
                CREATE FUNCTION refuse_cursed() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.customer_id LIKE 'cursed%' THEN RAISE EXCEPTION 'cursed'; END IF;
                    RETURN NEW;
                END $$
                """).update();
        jdbc.sql("CREATE TRIGGER cursed BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse_cursed()")
                .update();
        try {
            var answers = placeAtOnce(number -> order(number == 10 ? "cursed" : customer, line("LAMP", 1)));

            assertThat(answers).filteredOn(answer -> answer.status() == 500).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(ORDERS - 1);
            assertThat(countOf("orders")).isEqualTo(ORDERS - 1);
            assertThat(countOf("events")).isEqualTo(ORDERS - 1);
        } finally {
            jdbc.sql("DROP TRIGGER cursed ON orders").update();
            jdbc.sql("DROP FUNCTION refuse_cursed").update();
        }
    }

    @Test
    void anOrderWhoseCommitWasNotConfirmedIsNotPlacedAgain() {
        var breaking = committing(new BrokenAfterFirstCommit(transaction));

        var placed = breaking.execute(new Placement(OWNER, UUID.randomUUID(), lamp, null));

        assertThat(placed.history()).hasSize(1);
        assertThat(countOf("orders")).isEqualTo(1);
        assertThat(countOf("events")).isEqualTo(1);
    }

    /** The server does not know yet that the client is gone, and commits while the order is being placed again. */
    @Test
    void anOrderWhoseCommitIsStillToComeIsNotPlacedAgain() throws Exception {
        var slow = new CommittingLater(transaction);
        var breaking = committing(slow);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var placed = threads.submit(() -> breaking.execute(new Placement(OWNER, UUID.randomUUID(), lamp, null)));
            await().until(() ->
                    jdbc.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
                                    .query(Integer.class)
                                    .single()
                            == 1);
            slow.commit.countDown();

            assertThat(placed.get().history()).hasSize(1);
        }
        assertThat(countOf("orders")).isEqualTo(1);
        assertThat(countOf("events")).isEqualTo(1);
    }

    @Test
    void oneKeyTwiceInAGroupPlacesOneOrder() {
        var key = UUID.randomUUID().toString();
        var first = new Placement(OWNER, UUID.randomUUID(), lamp, key);
        var second = new Placement(OWNER, UUID.randomUUID(), lamp, key);

        var results = transaction.execute(status -> {
            var prepared = placement.prepare(List.of(first, second));
            return List.of(placement.perform(first, prepared), placement.perform(second, prepared));
        });

        assertThat(results).hasSize(2).containsOnly(results.getFirst());
        assertThat(countOf("orders")).isEqualTo(1);
        assertThat(countOf("events")).isEqualTo(1);
    }

    @Test
    void aKeyOfARefusedOrderIsFreeForTheNextOfItsGroup() {
        var key = UUID.randomUUID().toString();
        var unknown = new NewOrder(customer, List.of(new NewOrder.Line("NO-SUCH", 1)), PaymentMethod.CARD);
        var first = new Placement(OWNER, UUID.randomUUID(), unknown, key);
        var second = new Placement(OWNER, UUID.randomUUID(), lamp, key);

        transaction.executeWithoutResult(status -> {
            var prepared = placement.prepare(List.of(first, second));
            assertThatExceptionOfType(Refusal.class).isThrownBy(() -> placement.perform(first, prepared));
            assertThat(placement.perform(second, prepared).status()).isEqualTo(OrderStatus.PLACED);
        });

        assertThat(countOf("orders")).isEqualTo(1);
    }

    private GroupCommit<Placement, OrderPlacement.Prepared, OrderView> committing(TransactionOperations transactions) {
        return new GroupCommit<>(placement, new GroupTransactions(jdbc, transactions, entities));
    }

    /** The first ones are being placed, each by a transaction of its own, until all others are there. */
    private List<Answer> placeAtOnce(IntFunction<String> body) throws Exception {
        return placeAtOnce(body, number -> Map.of());
    }

    private List<Answer> placeAtOnce(IntFunction<String> body, IntFunction<Map<String, String>> headers)
            throws Exception {
        var locked = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> transaction.executeWithoutResult(status -> {
                jdbc.sql("LOCK TABLE product IN ACCESS EXCLUSIVE MODE").update();
                locked.countDown();
                hold(end);
            }));
            locked.await();
            var answers = new ArrayList<Future<Answer>>();
            try {
                for (var number = 1; number <= ORDERS; number++) {
                    var next = body.apply(number);
                    var context = headers.apply(number);
                    answers.add(threads.submit(() -> client.place(next, null, context)));
                    var blocked = Math.min(number, AT_ONCE);
                    var waiting = number - blocked;
                    await().until(() -> sessionsThatWaitForProducts() == blocked && placement.waiting() == waiting);
                }
            } finally {
                end.countDown();
            }
            var results = new ArrayList<Answer>();
            for (var answer : answers) {
                results.add(answer.get());
            }
            return results;
        }
    }

    private int sessionsThatWaitForProducts() {
        return jdbc.sql("SELECT count(*) FROM pg_locks WHERE relation = 'product'::regclass AND NOT granted")
                .query(Integer.class)
                .single();
    }

    /** @param what orders, or their events */
    private int countOf(String what) {
        var sql = what.equals("orders")
                ? "SELECT count(*) FROM orders WHERE customer_id = :customer"
                : "SELECT count(DISTINCT event_id) FROM outbox WHERE key IN (SELECT id::text FROM orders WHERE customer_id = :customer)";
        return jdbc.sql(sql).param("customer", customer).query(Integer.class).single();
    }

    private static String causationId(byte[] headers) {
        return StoredHeaders.read(headers).stream()
                .filter(header -> header.key().equals("ce_causationid"))
                .map(header -> new String(header.value(), UTF_8))
                .findFirst()
                .orElseThrow();
    }

    static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

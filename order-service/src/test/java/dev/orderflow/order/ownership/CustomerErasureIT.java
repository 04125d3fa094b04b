package dev.orderflow.order.ownership;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.TestToken;
import dev.orderflow.order.OrderClient.Answer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Erasures of customers who do and do not place orders meanwhile. */
class CustomerErasureIT extends SecuredOrders {

    private static final String NAMES = """
            SELECT (SELECT count(*) FROM orders WHERE customer_id = :id)
                   + (SELECT count(*) FROM customer WHERE id = :id)
                   + (SELECT count(*) FROM idempotency_key WHERE subject = :id)
            """;

    @Autowired
    TransactionTemplate transaction;

    private String id = "";
    private TestToken token = CUSTOMER;

    @BeforeEach
    void newCustomer() {
        id = "c-" + UUID.randomUUID();
        token = CUSTOMER.subject(id);
    }

    @Test
    void nothingNamesAnErasedCustomer() {
        var key = UUID.randomUUID().toString();
        var first = place(token, key);
        var reference = reference();
        as(token).cancel(first.orderId());

        assertThat(erase(id).status()).isEqualTo(204);

        assertThat(names()).isZero();
        assertThat(as(SHOP).get(first.orderId()).<String>get("$.customerId")).isEqualTo(reference);
        assertThat(as(token).get(first.orderId()).status()).isEqualTo(404);
        assertThat(as(token).get("/api/orders").<List<Object>>get("$.items")).isEmpty();
        assertThat(erasuresOf(reference))
                .hasSize(1)
                .allSatisfy(event -> assertThat(event).doesNotContain(id));
        assertThat(erase(id).status()).isEqualTo(404);
        assertThat(erase(reference).status()).isEqualTo(404);

        assertThat(place(token, key).orderId()).as("the key is forgotten").isNotEqualTo(first.orderId());
        assertThat(reference()).isNotEqualTo(reference);
    }

    @Test
    void aCustomerWithOrdersInProgressIsNotErased() {
        var placed = place(token, null);

        var refused = erase(id);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>get("$.code")).isEqualTo("orders_in_progress");
        assertThat(refused.body().replace("/api/customers/" + id, "")).doesNotContain(id);
        assertThat(as(token).get(placed.orderId()).<String>get("$.customerId")).isEqualTo(id);
        as(token).cancel(placed.orderId());
        assertThat(erase(reference()).status()).as("by the reference").isEqualTo(204);
        assertThat(names()).isZero();
    }

    @Test
    void otherTenantsAndOtherCallersEraseNobody() {
        as(token).cancel(place(token, null).orderId());

        assertThat(as(OPERATOR.tenant("other")).delete("/api/customers/" + id).status())
                .isEqualTo(404);
        for (var other : List.of(token, SHOP)) {
            assertThat(as(other).delete("/api/customers/" + id).status()).isEqualTo(403);
        }
        assertThat(client.delete("/api/customers/" + id).status()).isEqualTo(401);
        assertThat(names()).isPositive();
    }

    @Test
    void aCustomerFromBeforeThereWereReferencesIsErased() {
        var placed = place(token, null);
        as(token).cancel(placed.orderId());
        jdbc.sql("DELETE FROM customer WHERE id = :id").param("id", id).update();
        jdbc.sql("UPDATE orders SET customer_reference = NULL WHERE customer_id = :id")
                .param("id", id)
                .update();

        assertThat(as(token).get("/api/customers/" + id).<List<Object>>get("$.orders.items"))
                .hasSize(1);
        assertThat(erase(id).status()).isEqualTo(204);

        assertThat(names()).isZero();
        assertThat(as(SHOP).get(placed.orderId()).<String>get("$.customerId")).startsWith("~");
    }

    /** More orders than a step changes, and each with a key of the customer. */
    @Test
    void manyOrdersAreErasedInSteps() {
        var placed = place(token, null);
        as(token).cancel(placed.orderId());
        copy(placed, 1200);

        assertThat(erase(id).status()).isEqualTo(204);

        assertThat(names()).isZero();
    }

    @Test
    void theKeysOfAClientWithTheNameOfACustomerStay() {
        var key = UUID.randomUUID().toString();
        var client = ISSUER.token().subject(id).scopes("orders:read orders:write orders:tenant");
        var others = as(client).place(order("somebody-else", line("LAMP", 1)), key);
        as(token).cancel(place(token, null).orderId());

        assertThat(erase(id).status()).isEqualTo(204);

        assertThat(as(client)
                        .place(order("somebody-else", line("LAMP", 1)), key)
                        .orderId())
                .isEqualTo(others.orderId());
    }

    @Test
    void anErasureThatWaitsForAnOrderFindsIt() throws Exception {
        as(token).cancel(place(token, null).orderId());
        var locked = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var placing = threads.submit(() -> transaction.executeWithoutResult(status -> {
                lock("FOR KEY SHARE");
                locked.countDown();
                hold(end);
                jdbc.sql("UPDATE orders SET status = 'PLACED' WHERE customer_id = :id")
                        .param("id", id)
                        .update();
            }));
            locked.await();
            var erasing = threads.submit(() -> erase(id));
            awaitBlocked("FOR UPDATE");
            end.countDown();

            placing.get();
            assertThat(erasing.get().status()).isEqualTo(409);
        }
        assertThat(as(token).get("/api/orders").<String>get("$.items[0].customerId"))
                .isEqualTo(id);
    }

    @Test
    void anOrderThatWaitsForAnErasureIsThatOfANewCustomer() throws Exception {
        as(token).cancel(place(token, null).orderId());
        var before = reference();
        var locked = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var erasing = threads.submit(() -> transaction.executeWithoutResult(status -> {
                lock("FOR UPDATE");
                jdbc.sql("DELETE FROM customer WHERE id = :id").param("id", id).update();
                locked.countDown();
                hold(end);
            }));
            locked.await();
            var placing = threads.submit(() -> place(token, null));
            awaitBlocked("FOR KEY SHARE");
            end.countDown();

            erasing.get();
            var placed = placing.get();
            assertThat(reference()).isNotEqualTo(before);
            assertThat(jdbc.sql("SELECT customer_reference FROM orders WHERE id = :id")
                            .param("id", placed.orderId())
                            .query(String.class)
                            .single())
                    .isEqualTo(reference());
        }
    }

    @Test
    void anErasureGoesOnAfterACancellationThatGivesAUseBack() throws Exception {
        as(token).cancel(place(token, null).orderId());
        var reference = reference();
        count(reference);
        var locked = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var cancelling = threads.submit(() -> transaction.executeWithoutResult(status -> {
                jdbc.sql("SELECT id FROM promotion_counter WHERE customer_reference = :reference FOR KEY SHARE")
                        .param("reference", reference)
                        .query(Long.class)
                        .single();
                locked.countDown();
                hold(end);
            }));
            locked.await();
            var erasing = threads.submit(() -> erase(id));
            await().until(() ->
                    as(token).get("/api/orders").<List<Object>>get("$.items").isEmpty());
            assertThat(erasing).isNotDone();
            end.countDown();

            cancelling.get();
            assertThat(erasing.get().status()).isEqualTo(204);
        }
        assertThat(counters(reference)).isZero();
        assertThat(names()).isZero();
    }

    private void count(String reference) {
        jdbc.sql("INSERT INTO promotion_counter (tenant, promotion_id, customer_reference)"
                        + " VALUES ('demo', gen_random_uuid(), :reference)")
                .param("reference", reference)
                .update();
    }

    private int counters(String reference) {
        return jdbc.sql("SELECT count(*) FROM promotion_counter WHERE customer_reference = :reference")
                .param("reference", reference)
                .query(Integer.class)
                .single();
    }

    private Answer place(TestToken caller, String key) {
        var answer = as(caller).place(order(id, line("LAMP", 1)), key);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private Answer erase(String name) {
        return as(OPERATOR).delete("/api/customers/" + name);
    }

    private int names() {
        return jdbc.sql(NAMES).param("id", id).query(Integer.class).single();
    }

    private String reference() {
        return jdbc.sql("SELECT reference FROM customer WHERE tenant = 'demo' AND id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private void copy(Answer order, int times) {
        new CopiedOrders(jdbc).copy(order.orderId(), times);
    }

    private void lock(String mode) {
        jdbc.sql("SELECT id FROM customer WHERE id = :id " + mode)
                .param("id", id)
                .query(String.class)
                .single();
    }

    private List<String> erasuresOf(String reference) {
        return jdbc.sql("SELECT payload FROM outbox WHERE topic = 'customer-events' AND key = :reference")
                .param("reference", reference)
                .query((row, number) -> new String(row.getBytes(1), UTF_8))
                .list();
    }

    private void awaitBlocked(String statement) {
        await().until(() ->
                jdbc.sql("""
                        SELECT count(*) FROM pg_stat_activity
                         WHERE datname = current_database() AND wait_event_type = 'Lock' AND position(:part IN query) > 0
                        """).param("part", statement).query(Integer.class).single() == 1);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

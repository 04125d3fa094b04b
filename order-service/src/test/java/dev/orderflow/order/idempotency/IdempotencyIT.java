package dev.orderflow.order.idempotency;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.upkeep.WitnessedTime;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

@OrderServiceTest
class IdempotencyIT {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    OrderClient client;

    @Autowired
    IdempotencyKeys keys;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    WitnessedTime witnessed;

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void fillCatalog() {
        client.putProduct("LAMP", "2.55");
    }

    @Test
    void aRepeatedRequestGetsTheSameAnswerAfterLaterChanges() {
        var first = client.place(order("again", line("LAMP", 1)), key);
        client.cancel(first.orderId());
        client.putProduct("LAMP", "99.00");

        var second = client.place(order("again", line("LAMP", 1)).replace(" ", "\n "), key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.response().headers().firstValue("Location"))
                .isEqualTo(first.response().headers().firstValue("Location"));
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        client.place(order("again", line("LAMP", 1)), key);

        var other = client.place(order("again", line("LAMP", 2)), key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.<String>get("$.code")).isEqualTo("idempotency_key_reused");
        assertThat(other.<String>get("$.errors[0].field")).isEqualTo("Idempotency-Key");
    }

    @Test
    void concurrentRepetitionsPlaceOneOrderAndGetItsAnswerOrAConflict() throws Exception {
        var customer = "crowd-" + key;
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 30)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return client.place(order(customer, line("LAMP", 1)), key);
                    }))
                    .toList();
            start.countDown();

            var placed = client.place(order(customer, line("LAMP", 1)), key + "-other")
                    .orderId();
            assertThat(answers)
                    .map(Future::get)
                    .allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
            assertThat(answers)
                    .map(Future::get)
                    .filteredOn(answer -> answer.status() == 201)
                    .isNotEmpty()
                    .extracting(Answer::body)
                    .containsOnly(
                            client.place(order(customer, line("LAMP", 1)), key).body());
            assertThat(ordersOf(customer))
                    .as("with the one of another key, %s", placed)
                    .isEqualTo(2);
        }
    }

    @Test
    void aRepetitionConflictsAtOnceWhileTheFirstRequestRunsAndSucceedsAfterItFailed() throws Exception {
        var claimed = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = threads.submit(() -> transaction.executeWithoutResult(status -> {
                var answer = keys.once(
                        new OwnedKey("demo", "", key),
                        new byte[] {1},
                        UUID.randomUUID(),
                        () -> {
                            claimed.countDown();
                            awaitQuietly(end);
                            return "first";
                        },
                        earlier -> "repeated");
                assertThat(answer).isEqualTo("first");
                status.setRollbackOnly();
            }));
            claimed.await();

            var tooEarly = client.place(order("again", line("LAMP", 1)), key);
            assertThat(tooEarly.status()).isEqualTo(409);
            assertThat(tooEarly.<String>get("$.code")).isEqualTo("request_in_progress");

            end.countDown();
            running.get();
        }
        assertThat(client.place(order("again", line("LAMP", 1)), key).status()).isEqualTo(201);
    }

    @Test
    void aRefusedRequestLeavesItsKeyUnused() {
        var sku = "LATER-" + key.substring(0, 8);
        assertThat(client.place(order("again", line(sku, 1)), key).status()).isEqualTo(422);

        client.putProduct(sku, "1.00");

        assertThat(client.place(order("again", line(sku, 1)), key).status()).isEqualTo(201);
    }

    @Test
    void oldKeysAreForgottenAndYoungOnesKept() {
        client.place(order("again", line("LAMP", 1)), key + "-old");
        jdbc.sql("INSERT INTO upkeep_mark (witnessed) SELECT max(witnessed) FROM upkeep_mark")
                .update();
        passes(8);
        jdbc.sql("INSERT INTO upkeep_mark (witnessed) SELECT max(witnessed) + 8 * 86400 FROM upkeep_mark")
                .update();
        client.place(order("again", line("LAMP", 1)), key);

        retention().run();

        assertThat(keys()).containsExactly(key);
        assertThat(expired()).isPositive();
    }

    @Test
    void aClockThatJumpsAheadForgetsNothing() {
        client.place(order("again", line("LAMP", 1)), key);
        passes(30);

        witnessed.mark();
        retention().run();

        assertThat(keys()).containsExactly(key);
    }

    /** Moves the database's clock, as seen from the rows. */
    private void passes(int days) {
        jdbc.sql("UPDATE upkeep_mark SET at = at - make_interval(days => :days)")
                .param("days", days)
                .update();
        jdbc.sql("UPDATE idempotency_key SET created_at = created_at - make_interval(days => :days)")
                .param("days", days)
                .update();
    }

    private double expired() {
        return meters.get("orders.idempotency.expired").counter().count();
    }

    private KeyRetention retention() {
        return new KeyRetention(
                jdbc,
                TransactionOperations.withoutTransaction(),
                witnessed,
                new IdempotencyProperties(Duration.ofDays(7)),
                meters);
    }

    private List<String> keys() {
        return jdbc.sql("SELECT key FROM idempotency_key WHERE key LIKE :prefix")
                .param("prefix", key + "%")
                .query(String.class)
                .list();
    }

    private int ordersOf(String customer) {
        return client.get("/api/orders?customerId=" + customer).get("$.items.length()");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

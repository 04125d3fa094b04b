package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.events.stock.StockReserved;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OrderServiceTest
class OrderCancellationIT {

    @Autowired
    OrderClient client;

    @Autowired
    OrderEventHandlers handlers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aCustomerMayCancel() {
        var id = client.placeOne("canceller");

        var cancelled = client.cancel(id);

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.<String>get("$.status")).isEqualTo("CANCELLED");
        assertThat(cancelled.<String>get("$.reason")).isEqualTo("CUSTOMER_REQUEST");
        assertThat(client.get(id).body()).isEqualTo(cancelled.body());
    }

    @Test
    void cancellingTwiceIsCancellingOnce() {
        var id = client.placeOne("canceller");
        var first = client.cancel(id);

        var second = client.cancel(id);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(outbox(id))
                .containsExactly(
                        "dev.orderflow.order.placed.v1",
                        "dev.orderflow.order.placed.v2",
                        "dev.orderflow.order.cancelled.v1");
    }

    @Test
    void anUnknownOrderCannotBeCancelled() {
        assertThat(client.cancel(UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void aCancellationThatLosesARaceDecidesAnewOnWhatTheWinnerLeft() {
        var id = client.placeOne("canceller");

        var cancellation = transaction.execute(status -> {
            var answer = new StockReserved(id, Instant.EPOCH);
            handlers.lockOrders(List.of(answer));
            handlers.reserved(answer);
            var cancelling = CompletableFuture.supplyAsync(
                    () -> client.cancel(id), task -> Thread.ofVirtual().start(task));
            await().atMost(Duration.ofSeconds(20)).until(this::somebodyWaitsForALock);
            return cancelling;
        });

        assertThat(cancellation)
                .as("the cancellation, after the winner's commit")
                .succeedsWithin(Duration.ofSeconds(20));
        Answer cancelled = cancellation.join();
        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.<List<String>>get("$.history[*].status"))
                .containsExactly("PLACED", "RESERVED", "CANCELLED");
        assertThat(outbox(id))
                .containsExactly(
                        "dev.orderflow.order.placed.v1",
                        "dev.orderflow.order.placed.v2",
                        "dev.orderflow.order.reserved.v1",
                        "dev.orderflow.order.cancelled.v1");
    }

    @Test
    void concurrentCancellationsAllSucceedAndOneTakesEffect() {
        var id = client.placeOne("canceller");

        var cancellations = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> client.cancel(id), task -> Thread.ofVirtual().start(task)))
                .limit(12)
                .toList();

        assertThat(cancellations)
                .map(CompletableFuture::join)
                .extracting(Answer::status)
                .containsOnly(202);
        assertThat(outbox(id)).filteredOn(type -> type.contains("cancelled")).hasSize(1);
    }

    private boolean somebodyWaitsForALock() {
        return jdbc.sql("""
                        SELECT count(*)
                          FROM pg_stat_activity
                         WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """).query(Integer.class).single() > 0;
    }

    private List<String> outbox(UUID orderId) {
        return jdbc.sql("SELECT type FROM outbox WHERE key = :key ORDER BY id")
                .param("key", orderId.toString())
                .query(String.class)
                .list();
    }
}

package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.order.OrderClient;
import dev.orderflow.order.OrderClient.Answer;
import dev.orderflow.order.OrderServiceTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OrderServiceTest
@Timeout(50)
class OrderAwaitIT {

    private static final int MANY = 100;

    /** Long before an answer would come in any case. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    OrderClient client;

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient jdbc;

    UUID id;

    @BeforeEach
    void placeAnOrder() {
        id = client.placeOne("waiter");
    }

    @Test
    void theAnswerComesWithTheStatus() {
        var waiting = awaiting("PAID,CANCELLED", "60s");

        client.cancel(id);

        var answer = answered(waiting, "the order is cancelled");
        assertThat(answer.<String>get("$.status")).isEqualTo("CANCELLED");
    }

    @Test
    void theAnswerAfterTheTimeoutIsTheOrderAsItIs() {
        var answer = answered(awaiting("PAID", "300ms"), "its timeout is over");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.<String>get("$.status")).isEqualTo("PLACED");
    }

    @Test
    void theAnswerComesAtOnceWhenTheStatusCannotComeAnyMore() {
        client.cancel(id);

        var answer = answered(awaiting("PAID", "60s"), "the order cannot get the status any more");

        assertThat(answer.<String>get("$.status")).isEqualTo("CANCELLED");
    }

    /** Another instance of the service changes the database and cannot tell this one. */
    @Test
    void aChangeMadeByAnotherInstanceIsNoticed() {
        var waiting = awaiting("RESERVED", "60s");

        jdbc.sql("UPDATE orders SET status = 'RESERVED', version = version + 1 WHERE id = :id")
                .param("id", id)
                .update();

        var answer = answered(waiting, "another instance has reserved the order");
        assertThat(answer.<String>get("$.status")).isEqualTo("RESERVED");
    }

    @Test
    void aWaitingRequestHoldsNoDatabaseConnection() throws SQLException {
        var pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
        var waiting = Stream.generate(() -> awaiting("PAID,CANCELLED", "60s"))
                .limit(MANY)
                .toList();
        assertThat(MANY).isGreaterThan(pool.getTotalConnections());

        await().until(() -> pool.getActiveConnections() == 0);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        client.cancel(id);
        assertThat(waiting)
                .map(each -> answered(each, "the order is cancelled"))
                .allMatch(answer -> answer.status() == 200);
    }

    @Test
    void anUnknownOrderIsNotWaitedFor() {
        assertThat(client.get("/api/orders/" + UUID.randomUUID() + "?await=PAID&timeout=60s")
                        .status())
                .isEqualTo(404);
    }

    private static Answer answered(CompletableFuture<Answer> waiting, String reason) {
        assertThat(waiting).as("a request that waits, and %s", reason).succeedsWithin(SOON);
        return waiting.join();
    }

    private CompletableFuture<Answer> awaiting(String statuses, String timeout) {
        return CompletableFuture.supplyAsync(
                () -> client.get("/api/orders/" + id + "?await=" + statuses + "&timeout=" + timeout),
                task -> Thread.ofVirtual().start(task));
    }
}

package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.Buckets;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.Publishing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay that rarely polls, and the signals of another instance. */
class RelaySignalsIT {

    private static final int ALL = (1 << Buckets.COUNT) - 1;

    /** Foreign payloads, the last of which makes the listener fail. */
    private static final List<String> FOREIGN =
            List.of("", "hello", "99999999999", "1e3", "{\"buckets\": 7}", "x".repeat(7_999), "1");

    private final OutboxDatabase database = new OutboxDatabase();
    private final Relays relays = new Relays(database);
    private OutboxRelay relay;
    private int leased;

    @BeforeEach
    void startRelayThatHasHalfOfTheBuckets() {
        database.jdbc
                .sql("INSERT INTO outbox_relay (instance, alive_until) VALUES (?, 'infinity')")
                .param(UUID.randomUUID())
                .update();
        var instance = relays.start(Relays.RARELY, () -> Relays.producer(Map.of()));
        await().until(() -> relays.bucketsOf(instance).size() == Buckets.COUNT / 2);
        relay = relays.get(instance);
        leased = Buckets.bits(relays.bucketsOf(instance));
    }

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    @Test
    void aSleepingRelayIsWokenByWhatAnotherInstanceWroteForItsBuckets() {
        var key = Stream.generate(() -> UUID.randomUUID().toString())
                .filter(any -> (leased & 1 << row(any, "").bucket()) != 0)
                .findFirst()
                .orElseThrow();

        try (var signals = new RelaySignals(database.dataSource)) {
            for (var number = 1; number <= 3; number++) {
                var row = row(key, "" + number);
                var expected = number;
                database.commit(row);
                await().atMost(Relays.RARELY.lease().dividedBy(6)).untilAsserted(() -> {
                    signals.send(1 << row.bucket());
                    assertThat(Relays.firstSent(key)).hasSize(expected);
                });
            }
        }
    }

    @Test
    void aTransactionTellsAfterItsCommitWhichBucketsItWroteTo() {
        var told = new ArrayList<Integer>();
        var forwarder = Publishing.to(database.template, told::add).forwarder();

        database.transaction.executeWithoutResult(status -> {
            for (var key : List.of("one", "other")) {
                forwarder.forward(OutboxDatabase.TOPIC, key, "test", new RecordHeaders(), null);
            }
            assertThat(told).isEmpty();
        });

        assertThat(told)
                .containsExactly(
                        1 << row("one", "").bucket() | 1 << row("other", "").bucket());
    }

    @Test
    void otherInstancesAreToldWhichOfTheirBucketsWereWrittenTo() {
        var heard = new LinkedBlockingQueue<Integer>();
        try (var signals = new RelaySignals(database.dataSource)) {
            signals.listen(heard::add);
            await().until(() -> {
                relay.wake(ALL);
                return !heard.isEmpty();
            });
        }
        assertThat(heard).containsOnly(ALL & ~leased);
    }

    @Test
    void aForeignPayloadEndsNoListenerAndNoListeningConnectionReturnsToThePool() {
        var heard = new LinkedBlockingQueue<Integer>();
        try (var signals = new RelaySignals(database.dataSource)) {
            signals.listen(buckets -> {
                heard.add(buckets);
                if (buckets == 1) {
                    throw new IllegalStateException("thrown by the test");
                }
            });
            for (var foreign : FOREIGN) {
                await().until(() -> {
                    notifyListeners(foreign);
                    notifyListeners("2");
                    return heard.contains(2);
                });
                heard.clear();
                assertThat(listeningInThePool()).as(foreign).isZero();
            }
        }
        // The relay listens as well.
        await().until(() -> database.dataSource.getHikariPoolMXBean().getActiveConnections() == 1);
        assertThat(listeningInThePool()).isZero();
    }

    private void notifyListeners(String payload) {
        database.template.query("SELECT pg_notify('eventing_outbox', ?)", row -> {}, payload);
    }

    /** Borrows all idle connections, so that each of them is queried. */
    private int listeningInThePool() {
        var listening = 0;
        var borrowed = new ArrayList<Connection>();
        try {
            var idle = database.dataSource.getHikariPoolMXBean().getIdleConnections();
            for (var number = 0; number < idle; number++) {
                var connection = database.dataSource.getConnection();
                borrowed.add(connection);
                try (var statement = connection.createStatement();
                        var channels = statement.executeQuery("SELECT * FROM pg_listening_channels()")) {
                    listening += channels.next() ? 1 : 0;
                }
            }
            for (var connection : borrowed) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return listening;
    }
}

package dev.orderflow.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills, restarts and rebalances. Each event is stored exactly once. */
@Timeout(600)
class RestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final SeparateDatabase database = SeparateDatabase.create().migrate();
    private final String key = HubRecord.newKey();
    private int published;

    @Test
    void aSessionThatEndsBetweenCopyAndCommitLosesAndDoublesNothing() throws SQLException {
        try (var hub = RunningHub.start(database, "killed")) {
            publish(5);
            awaitStored();
            try (var other = DriverManager.getConnection(
                            database.owner().jdbcUrl(),
                            database.owner().username(),
                            database.owner().password());
                    var statement = other.createStatement()) {
                // The store's transactions take turns after the copy: one that waits has copied and not committed.
                statement.execute("SELECT pg_advisory_lock(hashtext('hub.store'))");
                publish(5);
                await().atMost(PATIENCE).until(() -> terminated() == 1);
                statement.execute("SELECT pg_advisory_unlock(hashtext('hub.store'))");
            }
            awaitStored();
            publish(5);
            awaitStored();
            assertThat(hub.bean(MeterRegistry.class)
                            .counter("hub.store.restarts")
                            .count())
                    .isPositive();
        }
        assertExactlyOnce();
    }

    /** Ends the session that waits for its turn; returns how many there were. */
    private int terminated() {
        var service = database.asService();
        var waiting = service.sql("""
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event = 'advisory' AND query LIKE '%hub.store%'
                        """).query(Integer.class).list();
        waiting.forEach(pid -> service.sql("SELECT pg_terminate_backend(:pid)")
                .param("pid", pid)
                .query(Boolean.class)
                .single());
        return waiting.size();
    }

    @Test
    void anInstanceThatStartsAgainGoesOnWhereItEnded() {
        for (var start = 0; start < 3; start++) {
            try (var _ = RunningHub.start(database, "again")) {
                publish(20);
                awaitStored();
                publish(20);
            }
        }
        try (var _ = RunningHub.start(database, "again")) {
            awaitStored();
        }

        assertExactlyOnce();
    }

    @Test
    void partitionsMoveBetweenInstancesWithoutALossOrADouble() {
        try (var one = RunningHub.start(database, "one")) {
            publish(20);
            awaitStored();
            var all = one.partitions();
            try (var two = RunningHub.start(database, "two")) {
                await().atMost(PATIENCE).until(() -> {
                    publish(1);
                    return two.partitions() > 0 && one.partitions() + two.partitions() == all;
                });
                publish(20);
                awaitStored();
            }
            publish(20);
            awaitStored();
        }

        assertExactlyOnce();
    }

    private void publish(int number) {
        HubTopics.send(IntStream.range(0, number)
                .mapToObj(each -> HubRecord.of("order-events", "t.v1", "order-service", key + "-" + published % 7)
                        .sequence(published++ / 7 + 1))
                .toArray(HubRecord[]::new));
    }

    private void awaitStored() {
        await().atMost(PATIENCE).until(() -> stored() == published);
    }

    private int stored() {
        return database.asOwner()
                .sql("SELECT count(*) FROM event WHERE key LIKE :key")
                .param("key", key + "%")
                .query(Integer.class)
                .single();
    }

    private void assertExactlyOnce() {
        var owner = database.asOwner();
        assertThat(owner.sql("SELECT count(DISTINCT (key, sequence)) FROM event WHERE key LIKE :key")
                        .param("key", key + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(published)
                .isEqualTo(stored());
        assertThat(owner.sql("SELECT count(*) FROM sequence_anomaly WHERE key LIKE :key")
                        .param("key", key + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(owner.sql("""
                        SELECT count(*) FROM sighting s JOIN event e USING (event_id, source_key) WHERE e.key LIKE :key
                        """).param("key", key + "%").query(Integer.class).single())
                .isEqualTo(published);
    }
}

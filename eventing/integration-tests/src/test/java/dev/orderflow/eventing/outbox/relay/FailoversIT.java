package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.Alongside;
import dev.orderflow.local.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another server takes over, behind the same address, while a relay holds positions that only the first server knew. The
 * relay's connections go through a pooler, so that no error reports the failover. {@code -Dfailovers=N} for N of each kind.
 */
@Alongside
class FailoversIT {

    private static final int EVENTS = 20;

    private static final int FAILOVERS = Integer.getInteger("failovers", 1);

    @TempDir
    Path folder;

    private final RecordingBroker broker = new RecordingBroker();
    private CrashingDatabase primary;
    private PatientDataSource pooler;
    private WatchedRelay relay;

    @BeforeEach
    void start() {
        primary = CrashingDatabase.create(folder.resolve("primary"));
        pooler = new PatientDataSource(primary.coordinates());
        relay = new WatchedRelay(pooler, broker, Duration.ofMillis(500));
        relay.start();
        commit(primary, EVENTS);
    }

    @AfterEach
    void stop() {
        pooler.gate().open();
        relay.close();
        primary.close();
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void aSynchronousStandbyHasEveryCommitAndSendsIt(int round) {
        var standby = primary.server.standby(settings("standby"), "standby");
        standby.start();
        primary.server.admin().execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
        primary.server.admin().execute("SELECT pg_reload_conf()");
        await().until(() -> "standby"
                .equals(primary.outbox()
                        .jdbc
                        .sql("SHOW synchronous_standby_names")
                        .query(String.class)
                        .single()));
        commit(primary, EVENTS);
        var acknowledged = primary.committed();

        killPrimary();
        standby.promote();
        try (var promoted = new CrashingDatabase(standby)) {
            assertThat(promoted.committed()).containsAll(acknowledged);
            assertEverythingIsSent(promoted);
        }
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void whatAnAsynchronousStandbyHasIsSentAlthoughItGivesOutIdsAgain(int round) {
        var standby = primary.server.standby(settings("standby"), "standby");
        standby.start();
        standby.stop();
        commit(primary, EVENTS);
        awaitSent(primary);
        var sent = primary.committed();

        killPrimary();
        standby.start();
        standby.promote();
        try (var promoted = new CrashingDatabase(standby)) {
            assertThat(promoted.committed())
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(sent.subList(EVENTS, sent.size()));
            assertEverythingIsSent(promoted);
        }
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void whatARestoredBackupHasIsSent(int round) {
        commit(primary, 1);
        var copy = primary.server.backUp(settings("copy"));
        commit(primary, EVENTS);
        awaitSent(primary);

        killPrimary();
        copy.start();
        try (var restored = new CrashingDatabase(copy)) {
            assertThat(restored.committed()).hasSize(EVENTS + 1);
            assertEverythingIsSent(restored);
        }
    }

    /** Dump and restore, or logical replication, moves the rows to the transaction ids of another cluster. */
    @Test
    void whatWasMovedToAnotherClusterIsSentAgainWithAllThatWaitedAndAllThatIsNew() {
        awaitSent(primary);
        primary.drawIds(5_000);
        commit(primary, EVENTS);
        awaitSent(primary);
        pooler.gate().close();
        commit(primary, EVENTS);

        try (var other = CrashingDatabase.create(folder.resolve("other"))) {
            MovedTables.copy(primary, other);
            other.write().join();
            assertThat(other.pending()).isEqualTo(other.committed().size());
            pooler.redirect(other.coordinates());
            pooler.gate().open();

            awaitSent(other);
            await().untilAsserted(() -> assertThat(other.pending()).isZero());
            other.write().join();
            awaitSent(other);
        }
    }

    /** Eventually the transaction ids of the new cluster reach those of the moved cursors. */
    @Test
    void cursorsThatNameTransactionsOfTheFutureAreNotTrusted() {
        awaitSent(primary);
        pooler.gate().close();
        primary.outbox()
                .jdbc
                .sql("UPDATE outbox_bucket SET cursor = '900000:900000:'")
                .update();
        primary.server.kill();
        primary.server.start();
        primary.write().join();
        pooler.gate().open();

        awaitSent(primary);
    }

    private static IntStream rounds() {
        return IntStream.rangeClosed(1, FAILOVERS);
    }

    private void killPrimary() {
        primary.drawIds(60);
        relay.awaitPositions(2);
        pooler.gate().close();
        primary.server.kill();
    }

    private void assertEverythingIsSent(CrashingDatabase database) {
        database.write().join();
        pooler.redirect(database.coordinates());
        pooler.gate().open();
        awaitSent(database);
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(database.pending()).isZero());
        relay.close();
    }

    private static void commit(CrashingDatabase database, int events) {
        for (var number = 0; number < events; number++) {
            database.outbox().commit(row(UUID.randomUUID().toString(), ""));
        }
    }

    private void awaitSent(CrashingDatabase database) {
        relay.wake();
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(unsent(database)).isEmpty());
    }

    private List<UUID> unsent(CrashingDatabase database) {
        return database.unsent(broker);
    }

    private PostgresSettings settings(String name) {
        return new PostgresSettings(folder.resolve(name), folder.resolve(name + ".log"), 0, false);
    }
}

package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.Alongside;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Kills the server just after a relay has read ids that do not survive, while transactions wait to draw the ids that are
 * then assigned again. {@code -Dseries=N} for N kills per kind of connection, {@code -Dstops=N} for N kills of a paused relay's database.
 */
@Alongside
class DatabaseCrashesIT {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCrashesIT.class);
    private static final int KILLS = Integer.getInteger("series", Moment.values().length);

    /** Poll intervals of an idle relay: the time for which pools trust an idle connection, and a longer one. */
    private static final List<Duration> POLLS = List.of(Duration.ofMillis(500), Duration.ofMillis(600));

    private static final int STOPS = Integer.getInteger("stops", 2);

    @TempDir
    Path folder;

    private final RecordingBroker broker = new RecordingBroker();

    /** Moment at which the server is killed, and the way of killing it. */
    private enum Moment {
        LEASES_JUST_RENEWED,
        IDS_JUST_DRAWN,
        RELAY_WAITS_FOR_THE_BROKER,
        RELAY_STANDS_STILL,
        ONE_BACKEND_KILLED,
        SERVER_STOPPED
    }

    @Test
    void noCommittedRowStaysUnsentWhenAPoolReplacesConnections() {
        try (var database = CrashingDatabase.create(folder.resolve("server"));
                var pool = database.pool()) {
            var connections = new Gate();
            series(
                    database,
                    new DelegatingDataSource(pool) {
                        @Override
                        public Connection getConnection() throws SQLException {
                            connections.pass();
                            return super.getConnection();
                        }
                    },
                    connections);
        }
    }

    @Test
    void noCommittedRowStaysUnsentBehindATransactionPooler() {
        try (var database = CrashingDatabase.create(folder.resolve("server"))) {
            var pooler = new PatientDataSource(database.coordinates());
            series(database, pooler, pooler.gate());
        }
    }

    /** Stops the relay's process by SIGSTOP at any point while its server is replaced. */
    @Test
    void noCommittedRowStaysUnsentWhenTheRelaysProcessIsStoppedMeanwhile() {
        try (var database = CrashingDatabase.create(folder.resolve("server"));
                var relay = new RelayProcess(database.coordinates())) {
            for (var kill = 0; kill < STOPS; kill++) {
                database.commit();
                await().atMost(60, TimeUnit.SECONDS)
                        .until(() -> database.committedBut(relay::hasSent).isEmpty());
                database.drawIds(60);
                var before = relay.positions();
                await().atMost(30, TimeUnit.SECONDS).until(() -> relay.positions() > before + 1);
                relay.stop();
                killAndRestart(database);
                relay.goOn();

                await().atMost(30, TimeUnit.SECONDS)
                        .untilAsserted(() -> assertThat(database.committedBut(relay::hasSent))
                                .isEmpty());
            }
            LOG.info(
                    "series=finished stops={} rows={} unsent=0",
                    STOPS,
                    database.committed().size());
        }
    }

    /** Otherwise the other tests would prove nothing. */
    @Test
    void rowsWouldStayUnsentIfARelayTrustedItsPositions() {
        try (var database = CrashingDatabase.create(folder.resolve("server"))) {
            database.outbox().template.execute("""
                    CREATE OR REPLACE FUNCTION outbox_require(relay uuid, expected uuid) RETURNS boolean
                    LANGUAGE sql AS 'SELECT true'
                    """);
            var pooler = new PatientDataSource(database.coordinates());

            assertThat(unsentAfter(database, pooler, pooler.gate(), Duration.ofSeconds(1)))
                    .isPositive();
            assertThat(database.pending()).as("what operators are told").isZero();
        }
    }

    private void series(CrashingDatabase database, DataSource relays, Gate connections) {
        assertThat(unsentAfter(database, relays, connections, Duration.ofSeconds(30)))
                .isZero();
        assertThat(database.pending()).isZero();
    }

    private int unsentAfter(CrashingDatabase database, DataSource relays, Gate connections, Duration patience) {
        var unsent = new EnumMap<Moment, Integer>(Moment.class);
        var all = 0;
        for (var part = 0; part < POLLS.size(); part++) {
            try (var relay = new WatchedRelay(relays, broker, POLLS.get(part))) {
                relay.start();
                for (var kill = part; kill < KILLS; kill += POLLS.size()) {
                    var moment = momentOf(kill);
                    database.commit();
                    relay.wake();
                    awaitUnsent(database, all, Duration.ofSeconds(30));
                    crash(moment, database, relay, connections);
                    relay.awaitPositions(2);
                    awaitUnsent(database, all, patience);
                    var now = database.unsent(broker).size();
                    unsent.merge(moment, now - all, Integer::sum);
                    all = now;
                }
            }
        }
        LOG.info(
                "series=finished kills={} rows={} unsent={}",
                KILLS,
                database.committed().size(),
                unsent);
        return all;
    }

    /** Six kills cover each moment once; twelve cover each moment with each poll interval. */
    private static Moment momentOf(int kill) {
        var moments = Moment.values();
        return moments[(kill / POLLS.size() + kill % POLLS.size() * moments.length / 2) % moments.length];
    }

    private void awaitUnsent(CrashingDatabase database, int atMost, Duration patience) {
        try {
            await().atMost(patience).until(() -> database.unsent(broker).size() <= atMost);
        } catch (ConditionTimeoutException e) {
            LOG.info("series=running unsent=\"more than {} after {}\"", atMost, patience);
        }
    }

    private void crash(Moment moment, CrashingDatabase database, WatchedRelay relay, Gate connections) {
        switch (moment) {
            case LEASES_JUST_RENEWED -> {
                relay.awaitPositionAfterRenewal();
                killAndRestart(database);
            }
            case IDS_JUST_DRAWN -> {
                positionAfterIdsAreDrawn(database, relay);
                killAndRestart(database);
            }
            case RELAY_WAITS_FOR_THE_BROKER -> {
                broker.acknowledging().close();
                database.commit();
                database.drawIds(60);
                relay.wake();
                broker.acknowledging().awaitSomebody();
                CrashingDatabase.letConnectionsRest();
                killAndRestart(database);
                broker.acknowledging().open();
            }
            case RELAY_STANDS_STILL -> {
                positionAfterIdsAreDrawn(database, relay);
                connections.close();
                killAndRestart(database);
                connections.open();
            }
            case ONE_BACKEND_KILLED -> {
                positionAfterIdsAreDrawn(database, relay);
                CrashingDatabase.letConnectionsRest();
                database.killABackend();
                database.write().join();
            }
            case SERVER_STOPPED -> {
                positionAfterIdsAreDrawn(database, relay);
                database.server.stop();
                var writing = database.write();
                database.server.start();
                writing.join();
            }
        }
    }

    private static void positionAfterIdsAreDrawn(CrashingDatabase database, WatchedRelay relay) {
        database.drawIds(60);
        relay.awaitPositions(2);
    }

    private static void killAndRestart(CrashingDatabase database) {
        database.server.kill();
        var writing = database.write();
        database.server.start();
        writing.join();
    }
}

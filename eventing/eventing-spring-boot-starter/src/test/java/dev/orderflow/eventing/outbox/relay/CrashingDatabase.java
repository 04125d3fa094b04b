package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.test.Database;
import dev.orderflow.local.PostgresServer;
import dev.orderflow.local.PostgresSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** An outbox on a dedicated server, which may be killed, and its clients. */
final class CrashingDatabase implements AutoCloseable {

    private static final int WRITERS = 4;
    private static final int COMMITS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Idle time after which the pool checks a connection before it hands it out. */
    private static final Duration IDLE = Duration.ofMillis(500);

    /** Keeps asynchronous commits in memory for as long as possible, so that a kill loses them. */
    private static final String LATE_LOG = "wal_writer_delay=10s";

    final PostgresServer server;
    private final Database coordinates;
    private final OutboxDatabase outbox;

    /** Creates an empty outbox on a new server. */
    static CrashingDatabase create(Path folder) {
        var server = new PostgresServer(
                new PostgresSettings(folder, folder.resolve("server.log"), 0, false, List.of(LATE_LOG)));
        server.start();
        server.createDatabase("outbox", "outbox");
        return new CrashingDatabase(server);
    }

    /** Opens the outbox on {@code server}, which is running. */
    CrashingDatabase(PostgresServer server) {
        this.server = server;
        coordinates = new Database(server.jdbcUrl("outbox"), "outbox", "outbox");
        outbox = new OutboxDatabase(coordinates, PATIENCE);
    }

    Database coordinates() {
        return coordinates;
    }

    OutboxDatabase outbox() {
        return outbox;
    }

    /** Connections like those of an application's relay: pooled, and replaced silently when they are found dead. */
    HikariDataSource pool() {
        return pool(coordinates);
    }

    static HikariDataSource pool(Database coordinates) {
        var config = new HikariConfig();
        config.setJdbcUrl(coordinates.jdbcUrl());
        config.setUsername(coordinates.username());
        config.setPassword(coordinates.password());
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setConnectionInitSql("SET synchronous_commit = off");
        return new HikariDataSource(config);
    }

    void commit() {
        outbox.commit(row(UUID.randomUUID().toString(), ""));
    }

    /** Draws transaction ids that leave no trace in the log. */
    void drawIds(int count) {
        for (var number = 0; number < count; number++) {
            outbox.template.execute("SELECT pg_current_xact_id()");
        }
    }

    /** Starts transactions, which commit as soon as a server is available. */
    CompletableFuture<?> write() {
        return CompletableFuture.allOf(IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        this::writeSeveral, command -> Thread.ofVirtual().start(command)))
                .toArray(CompletableFuture[]::new));
    }

    private void writeSeveral() {
        for (var number = 0; number < COMMITS; number++) {
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(this::isCommitted);
        }
    }

    /** Commits an event; returns whether that succeeded. Uses no transaction manager, which would log each failure at length. */
    private boolean isCommitted() {
        try (var connection = outbox.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            new OutboxDatabase.Writer(new JdbcTemplate(new SingleConnectionDataSource(connection, true)))
                    .write(List.of(row(UUID.randomUUID().toString(), "")));
            connection.commit();
            return true;
        } catch (DataAccessException | SQLException e) {
            return false;
        }
    }

    /** Waits until pools no longer trust an idle connection. */
    static void letConnectionsRest() {
        await().pollDelay(IDLE.plusMillis(50)).until(() -> true);
    }

    void killABackend() {
        var pid = outbox.jdbc.sql("""
                        SELECT pid FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() LIMIT 1
                        """).query(Long.class).single();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    List<UUID> committed() {
        return outbox.jdbc.sql("SELECT event_id FROM outbox").query(UUID.class).list();
    }

    List<UUID> unsent(RecordingBroker broker) {
        return committedBut(broker::has);
    }

    List<UUID> committedBut(Predicate<UUID> sent) {
        return committed().stream().filter(sent.negate()).toList();
    }

    /** The number of pending events that is reported to operators. */
    long pending() {
        return new OutboxStatus(outbox.jdbc, UUID.randomUUID()).read().pending();
    }

    DataSource dataSource() {
        return outbox.dataSource;
    }

    @Override
    public void close() {
        outbox.close();
        server.kill();
    }
}

package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    @TempDir
    Path folder;

    PostgresServer server;

    @BeforeEach
    void start() {
        server = new PostgresServer(settings(0));
        server.start();
        server.createDatabase("orders", "it's secret");
        server.createDatabase("stock", "stock");
    }

    @AfterEach
    void stop() {
        server.stop();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void committedRowsSurviveSigkill() throws Exception {
        execute("CREATE TABLE t AS SELECT 42 AS answer");

        server.kill();
        assertThat(server.isRunning()).isFalse();
        server.start();

        assertThat(answer()).isEqualTo(42);
    }

    @Test
    void committedRowsSurviveStopAndAnotherServerObject() throws Exception {
        execute("CREATE TABLE t AS SELECT 42 AS answer");

        server.stop();
        server = new PostgresServer(settings(server.port()));
        server.start();
        server.createDatabase("orders", "it's secret");

        assertThat(answer()).isEqualTo(42);
    }

    @Test
    void aUserCanConnectToItsOwnDatabaseOnly() {
        assertThatThrownBy(() -> connect("stock", "orders", "it's secret")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> connect("postgres", "orders", "it's secret"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> connect("orders", "orders", "wrong")).hasMessageContaining("password");
    }

    @Test
    void theServerHasTheParametersThatItWasGivenAndAUserThePrivileges() throws Exception {
        server.admin().execute("ALTER ROLE orders REPLICATION");

        execute("SELECT pg_create_logical_replication_slot('wal', 'pgoutput')");
        execute("SELECT pg_drop_replication_slot('wal')");
    }

    @Test
    void aPortInUseIsNamed() {
        var second = new PostgresServer(
                new PostgresSettings(folder.resolve("second"), folder.resolve("second.log"), server.port(), false));

        assertThatThrownBy(second::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessage("port " + server.port() + " for PostgreSQL is already in use");
    }

    @Test
    void aFailedStartShowsTheEndOfTheLog() throws Exception {
        server.stop();
        Files.writeString(folder.resolve("postgres/cluster/postgresql.auto.conf"), "no_such_setting = 1");

        assertThatThrownBy(server::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void anyProcessOfThatPidButPostgresLeavesAPidFileStale() throws Exception {
        execute("CREATE TABLE t AS SELECT 42 AS answer");
        server.kill();
        var pidFile = folder.resolve("postgres/cluster/postmaster.pid");
        var lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        server.start();

        assertThat(answer()).isEqualTo(42);
    }

    @Test
    void aStandbyFollowsUntilItIsPromotedAndLeavesUnloggedTablesBehind() throws Exception {
        execute("CREATE TABLE t AS SELECT 41 AS answer");
        execute("CREATE UNLOGGED TABLE u AS SELECT 1 AS one");
        try (var standby = server.standby(other("standby"), "standby")) {
            standby.start();
            execute("UPDATE t SET answer = 42");
            await().untilAsserted(() ->
                    assertThat(number(standby, "SELECT answer FROM t")).isEqualTo(42));

            server.kill();
            standby.promote();

            execute(standby, "UPDATE t SET answer = 43");
            assertThat(number(standby, "SELECT answer FROM t")).isEqualTo(43);
            assertThat(number(standby, "SELECT count(*) FROM u")).isZero();
        }
    }

    @Test
    void aBackupHasWhatWasCommittedBeforeIt() throws Exception {
        execute("CREATE TABLE t AS SELECT 42 AS answer");
        try (var copy = server.backUp(other("copy"))) {
            execute("UPDATE t SET answer = 43");
            copy.start();

            assertThat(number(copy, "SELECT answer FROM t")).isEqualTo(42);
        }
    }

    @Test
    void passwordsAreQuickToCheckOnlyOfServersThatAreNotDurable() {
        server.admin().execute(assertIterations(1));
        try (var durable = new PostgresServer(
                new PostgresSettings(folder.resolve("durable"), folder.resolve("durable.log"), 0, true))) {
            durable.start();
            durable.createDatabase("orders", "secret");

            durable.admin().execute(assertIterations(4096));
        }
    }

    private static String assertIterations(int iterations) {
        return String.format(Locale.ROOT, """
                DO $$
                BEGIN
                    ASSERT (SELECT count(*) >= 2 AND bool_and(rolpassword LIKE 'SCRAM-SHA-256$%d:%%')
                            FROM pg_authid WHERE rolpassword IS NOT NULL);
                END $$
                """, iterations);
    }

    private PostgresSettings other(String name) {
        return new PostgresSettings(folder.resolve(name), folder.resolve(name + ".log"), 0, false);
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("orders"), "orders", "it's secret");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(PostgresServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("orders"), "orders", "it's secret");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private PostgresSettings settings(int port) {
        return new PostgresSettings(
                folder.resolve("postgres"), folder.resolve("postgres.log"), port, false, List.of("wal_level=logical"));
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), user, password);
    }

    private void execute(String sql) throws SQLException {
        execute(server, sql);
    }

    private int answer() throws SQLException {
        return number(server, "SELECT answer FROM t");
    }
}

package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
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

    private PostgresSettings settings(int port) {
        return new PostgresSettings(
                folder.resolve("postgres"), folder.resolve("postgres.log"), port, false, List.of("wal_level=logical"));
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), user, password);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connect("orders", "orders", "it's secret");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int answer() throws SQLException {
        try (var connection = connect("orders", "orders", "it's secret");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT answer FROM t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

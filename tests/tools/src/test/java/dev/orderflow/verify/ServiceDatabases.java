package dev.orderflow.verify;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Databases with the services' real tables, each with one open connection. */
final class ServiceDatabases implements AutoCloseable {

    private static final String TRUNCATE = """
            DO $$
            BEGIN
                EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ')
                         FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('outbox_bucket', 'admin_audit'));
            END $$
            """;

    private final Map<Service, Sources.Database> databases = new EnumMap<>(Service.class);
    private final Map<Service, Connection> connections = new EnumMap<>(Service.class);

    ServiceDatabases() throws IOException, SQLException {
        for (var service : Service.values()) {
            var database =
                    TestInfrastructure.get().createDatabase(service.group().replace('-', '_'));
            databases.put(service, new Sources.Database(database.jdbcUrl(), database.username(), database.password()));
            connections.put(
                    service, DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password()));
            migrate(service, "eventing/eventing-spring-boot-starter/src/main/resources/db/eventing");
            migrate(service, service.group() + "/src/main/resources/db/migration");
        }
    }

    Map<Service, Sources.Database> addresses() {
        return databases;
    }

    /** Empties all tables; no relay has a lease or an unsent row afterwards. */
    void empty() {
        for (var service : Service.values()) {
            sql(service, TRUNCATE);
            sql(service, "UPDATE outbox_bucket SET owner = NULL, leased_until = now(), cursor = pg_current_snapshot()");
        }
    }

    void sql(Service service, String sql, Object... parameters) {
        try (var statement = prepare(service, sql, parameters)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    UUID find(Service service, String sql, Object... parameters) {
        try (var statement = prepare(service, sql, parameters);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getObject(1, UUID.class);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws SQLException {
        for (var connection : connections.values()) {
            connection.close();
        }
    }

    private PreparedStatement prepare(Service service, String sql, Object... parameters) throws SQLException {
        var statement = connections.get(service).prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private void migrate(Service service, String folder) throws IOException, SQLException {
        for (var script : scripts(Path.of("../..", folder))) {
            try (var statement = connections.get(service).createStatement()) {
                statement.execute(Files.readString(script)
                        .replace("${role}", databases.get(service).user()));
            }
        }
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var scripts = new ArrayList<>(
                    files.filter(script -> script.getFileName().toString().startsWith("V"))
                            .toList());
            scripts.sort(Comparator.comparingInt(ServiceDatabases::version));
            return scripts;
        }
    }

    private static int version(Path script) {
        return Integer.parseInt(script.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"));
    }
}

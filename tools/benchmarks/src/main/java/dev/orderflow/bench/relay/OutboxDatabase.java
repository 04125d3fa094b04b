package dev.orderflow.bench.relay;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Database of a publishing service, accessed from outside the service.
 *
 * @param properties of the service
 */
record OutboxDatabase(Map<String, String> properties) {

    /**
     * Connects to the database.
     *
     * @param settings of the driver, besides user and password
     */
    Connection connect(Map<String, String> settings) throws SQLException {
        var all = new Properties();
        all.putAll(settings);
        all.setProperty("user", properties.get("spring.datasource.username"));
        all.setProperty("password", properties.get("spring.datasource.password"));
        return DriverManager.getConnection(properties.get("spring.datasource.url"), all);
    }

    /** Executes each statement in a transaction of its own. */
    void execute(List<String> statements) {
        statements.forEach(this::execute);
    }

    void execute(String sql) {
        try (var connection = connect(Map.of());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }
}

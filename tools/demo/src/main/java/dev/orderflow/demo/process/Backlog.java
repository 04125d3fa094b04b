package dev.orderflow.demo.process;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.Properties;

/** Number of events that wait in a service's outbox. */
public final class Backlog {

    /** Served by outbox_txid: below a bucket's lower bound nothing can be pending. */
    private static final String PENDING = """
            SELECT count(*)
            FROM outbox_bucket b
            JOIN outbox o ON o.bucket = b.bucket
                         AND o.txid >= pg_snapshot_xmin(b.cursor)
                         AND NOT pg_visible_in_snapshot(o.txid, b.cursor)
            """;

    private Backlog() {}

    /** Returns the number; empty if the database does not respond or has no outbox yet. */
    public static OptionalLong of(Part service, Addresses addresses) {
        var properties = new Properties();
        properties.setProperty("user", service.database());
        properties.setProperty("password", addresses.password(service));
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        try (var connection = DriverManager.getConnection(addresses.jdbcUrl(service), properties);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(PENDING)) {
            rows.next();
            return OptionalLong.of(rows.getLong(1));
        } catch (SQLException e) {
            return OptionalLong.empty();
        }
    }
}

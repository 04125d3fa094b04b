package dev.orderflow.system;

import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Sources;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * All effects of the services so far, to detect later ones.
 *
 * @param tables a digest of the rows of each table that holds an effect
 * @param payments at the provider, with the number of calls for each
 * @param mails in order of arrival
 */
record Footprint(Map<String, String> tables, List<Sandbox.Payment> payments, List<Sandbox.Mail> mails) {

    /** All tables except internal ones of the starter, of Flyway and of tracking; of the starter's tables, only the events. */
    private static final String TABLES = """
            SELECT tablename
            FROM pg_tables
            WHERE schemaname = 'public'
              AND (tablename !~ '^(inbox|outbox|upkeep|flyway|eventing|tracking)' OR tablename = 'outbox')
            """;

    private static final String DIGEST = """
            SELECT count(*) || ' rows ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '')
            FROM %s t
            """;

    static Footprint of(RunningSuite suite) {
        var tables = new TreeMap<String, String>();
        suite.sources().databases().forEach((service, database) -> tables.putAll(digests(service, database)));
        return new Footprint(tables, suite.sandbox().payments(), suite.sandbox().mails());
    }

    private static Map<String, String> digests(Service service, Sources.Database database) {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password())) {
            var digests = new TreeMap<String, String>();
            for (var table : texts(connection, TABLES)) {
                digests.put(
                        service.group() + "." + table,
                        texts(connection, String.format(Locale.ROOT, DIGEST, table))
                                .getFirst());
            }
            return digests;
        } catch (SQLException e) {
            throw new IllegalStateException(service.group(), e);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}

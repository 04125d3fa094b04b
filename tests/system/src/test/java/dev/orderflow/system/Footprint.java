package dev.orderflow.system;

import dev.orderflow.verify.evidence.Service;
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
        for (var service : Service.values()) {
            try (var database = new ServiceDatabase(suite, service)) {
                for (var table : database.texts(TABLES)) {
                    tables.put(
                            service.group() + "." + table,
                            database.texts(String.format(Locale.ROOT, DIGEST, table))
                                    .getFirst());
                }
            }
        }
        return new Footprint(tables, suite.sandbox().payments(), suite.sandbox().mails());
    }
}

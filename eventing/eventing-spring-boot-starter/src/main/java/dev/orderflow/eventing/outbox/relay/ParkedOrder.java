package dev.orderflow.eventing.outbox.relay;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The order of the parked events of a key: the first one, and those that may follow it. */
final class ParkedOrder {

    /**
     * Releases events that wait for no earlier one, up to the next refused event. Served by outbox_parked_key, whose first entry for a
     * key determines whether there is anything to do.
     */
    private static final String FOLLOW = """
            UPDATE eventing.outbox_parked p
            SET state = 'RELEASED'
            FROM unnest(:topics::text[], :keys::text[]) AS k (topic, key)
            CROSS JOIN LATERAL (SELECT state, cause FROM eventing.outbox_parked
                                WHERE topic = k.topic AND key = k.key ORDER BY id LIMIT 1) AS first
            CROSS JOIN LATERAL (SELECT min(id) AS id FROM eventing.outbox_parked
                                WHERE topic = k.topic AND key = k.key AND cause IS NOT NULL AND state <> 'RELEASED') AS refused
            WHERE first.state = 'PARKED' AND first.cause IS NULL
              AND p.topic = k.topic AND p.key = k.key AND p.state = 'PARKED' AND p.id < coalesce(refused.id, p.id + 1)
            """;

    private static final String FIRSTS = """
            SELECT topic, key, min(id) AS first
            FROM eventing.outbox_parked
            WHERE bucket = ANY (:buckets::smallint[]) AND state <> 'WAITING'
            GROUP BY topic, key
            """;

    /** Served by outbox_parked_key. */
    private static final String FIRSTS_OF = """
            SELECT topic, key, min(id) AS first
            FROM eventing.outbox_parked JOIN (SELECT DISTINCT * FROM unnest(:topics::text[], :keys::text[]) AS k (topic, key)) AS k
                 USING (topic, key)
            WHERE state <> 'WAITING'
            GROUP BY topic, key
            """;

    private final JdbcClient jdbc;

    ParkedOrder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Releases the events of {@code keys} that no longer wait for an earlier one. Requires the lock of their buckets. */
    void follow(Set<ParkedKey> keys) {
        if (!keys.isEmpty()) {
            ofKeys(FOLLOW, keys).update();
        }
    }

    /** The lowest parked row ids by key, without those of waiting topics. */
    Map<ParkedKey, Long> firstsIn(Collection<Integer> buckets) {
        return firsts(jdbc.sql(FIRSTS).param("buckets", buckets.toArray(Integer[]::new)));
    }

    /** The lowest parked row ids of those of {@code keys} that are still parked, without those of waiting topics. */
    Map<ParkedKey, Long> firstsOf(Set<ParkedKey> keys) {
        return keys.isEmpty() ? Map.of() : firsts(ofKeys(FIRSTS_OF, keys));
    }

    private static Map<ParkedKey, Long> firsts(JdbcClient.StatementSpec statement) {
        var firsts = new HashMap<ParkedKey, Long>();
        statement.query(row -> {
            firsts.put(new ParkedKey(row.getString("topic"), row.getString("key")), row.getLong("first"));
        });
        return firsts;
    }

    private JdbcClient.StatementSpec ofKeys(String sql, Collection<ParkedKey> keys) {
        return jdbc.sql(sql)
                .param("topics", keys.stream().map(ParkedKey::topic).toArray(String[]::new))
                .param("keys", keys.stream().map(ParkedKey::key).toArray(String[]::new));
    }
}

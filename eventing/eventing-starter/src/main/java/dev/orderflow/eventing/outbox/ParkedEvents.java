package dev.orderflow.eventing.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events that the broker refuses for good, and the later ones of their keys, which must not overtake them. They have left the
 * outbox for a table of their own, so that the relay goes on with all other keys.
 * <p>
 * Only the relay that holds a bucket adds and removes its rows; an operator changes their state. So which keys are parked
 * need not be asked for each event: it is known from the moment on when the bucket was taken over. A relay that has lost its
 * lease without noticing may park an event that its successor has sent; released, it is sent twice, and consumers drop
 * the second. Not thread-safe; the relay's thread owns it.
 */
public class ParkedEvents {

    private static final String COLUMNS =
            "id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload";

    private static final String KEYS = """
            SELECT topic, key, min(id) AS first FROM outbox_parked WHERE bucket = ANY (:buckets::smallint[]) GROUP BY topic, key
            """;

    /** Served by outbox_id. What was parked before and was not sent yet is there already when the relay starts over. */
    private static final String PARK = String.format(Locale.ROOT, """
            INSERT INTO outbox_parked (%1$s)
            SELECT %1$s FROM outbox WHERE id = ANY (:ids::bigint[])
            ON CONFLICT (id) DO NOTHING
            """, COLUMNS);

    /** Served by outbox_parked_key. */
    private static final String BLAME = """
            UPDATE outbox_parked SET state = 'PARKED', cause = CASE WHEN id = :id THEN :cause ELSE cause END
            WHERE topic = :topic AND key = :key
            """;

    /** What was parked behind an event while that was being released. */
    private static final String FOLLOW = """
            UPDATE outbox_parked SET state = 'RELEASED'
            WHERE state = 'PARKED' AND bucket = ANY (:buckets::smallint[])
              AND (topic, key) IN (SELECT topic, key FROM outbox_parked WHERE state <> 'PARKED')
            """;

    private static final String RELEASED = """
            SELECT id, event_id, topic, key, type, sequence, forwarded, headers, payload, state = 'DISCARDED' AS discarded
            FROM outbox_parked
            WHERE state <> 'PARKED' AND bucket = ANY (:buckets::smallint[])
            ORDER BY id
            LIMIT :limit
            """;

    private static final String DELETE = "DELETE FROM outbox_parked WHERE id = ANY (:ids::bigint[])";

    /** Few, since their payloads may be large. */
    private static final int RELEASED_AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final OutboxReader reader;
    /** The lowest parked row id of each key: earlier rows, which may have to be sent again, do not wait for it. */
    private final Map<ParkedKey, Long> firsts = new HashMap<>();

    private volatile int count;

    public ParkedEvents(JdbcClient jdbc, OutboxReader reader) {
        this.jdbc = jdbc;
        this.reader = reader;
    }

    private record ParkedKey(String topic, String key) {

        static ParkedKey of(OutboxRow row) {
            return new ParkedKey(row.topic(), new String(row.key(), UTF_8));
        }
    }

    /** An event that an operator has released or given up. */
    record Released(OutboxRow row, boolean discarded) {}

    /** How many keys are parked. May be called from any thread. */
    public int keys() {
        return count;
    }

    /** Learns which keys of {@code buckets} are parked. */
    void load(Collection<Integer> buckets) {
        firsts.clear();
        jdbc.sql(KEYS).param("buckets", buckets.toArray(Integer[]::new)).query(row -> {
            firsts.put(new ParkedKey(row.getString("topic"), row.getString("key")), row.getLong("first"));
        });
        count = firsts.size();
    }

    /** Parks those that come after a parked one of their key, and returns the others. */
    List<OutboxRow> divert(List<OutboxRow> rows) {
        if (firsts.isEmpty()) {
            return rows;
        }
        var free = new ArrayList<OutboxRow>();
        var waiting = new ArrayList<Long>();
        for (var row : rows) {
            if (row.id() >= firsts.getOrDefault(ParkedKey.of(row), Long.MAX_VALUE)) {
                waiting.add(row.id());
            } else {
                free.add(row);
            }
        }
        if (!waiting.isEmpty()) {
            park(waiting);
        }
        return free;
    }

    /** The broker refuses {@code row} for good. */
    void park(OutboxRow row, String cause) {
        var key = ParkedKey.of(row);
        park(List.of(row.id()));
        jdbc.sql(BLAME)
                .param("id", row.id())
                .param("cause", cause)
                .param("topic", key.topic())
                .param("key", key.key())
                .update();
        firsts.merge(key, row.id(), Math::min);
        count = firsts.size();
    }

    /** The oldest ones that an operator wants out of the way; {@link #gone} must be told when they are. */
    List<Released> released(Collection<Integer> buckets) {
        if (firsts.isEmpty()) {
            return List.of();
        }
        var ours = buckets.toArray(Integer[]::new);
        jdbc.sql(FOLLOW).param("buckets", ours).update();
        return jdbc.sql(RELEASED)
                .param("buckets", ours)
                .param("limit", RELEASED_AT_ONCE)
                .query((row, number) -> new Released(reader.row(row, number), row.getBoolean("discarded")))
                .list();
    }

    /** They were sent, or are not to be. Keys of which nothing is left are parked no longer. */
    void gone(List<Released> released, Collection<Integer> buckets) {
        jdbc.sql(DELETE)
                .param("ids", released.stream().map(each -> each.row().id()).toArray(Long[]::new))
                .update();
        load(buckets);
    }

    private void park(List<Long> ids) {
        jdbc.sql(PARK).param("ids", ids.toArray(Long[]::new)).update();
    }
}

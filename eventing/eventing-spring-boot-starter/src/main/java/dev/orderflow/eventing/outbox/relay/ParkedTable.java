package dev.orderflow.eventing.outbox.relay;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of parked and of discarded events, which one relay reads and fills; {@link ParkedClaims} removes events from them.
 * <p>
 * Every change is one transaction under {@link ParkedLock}. It establishes an invariant: <em>the first event of each key is refused (a
 * cause is stored), waits for its topic, is released or discarded</em>. Therefore no event waits without an earlier one. DISCARDED is
 * final.
 */
final class ParkedTable {

    /** Served by outbox_id. Events that are parked already stay unchanged. */
    private static final String INSERT = """
            INSERT INTO eventing.outbox_parked (id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload,
                                       state, cause)
            SELECT id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload, :state, :cause
            FROM eventing.outbox
            WHERE id = ANY (:ids::bigint[]) AND NOT EXISTS (SELECT FROM eventing.outbox_discarded d WHERE d.id = outbox.id)
            ON CONFLICT (id) DO NOTHING
            """;

    /** Served by the primary key. */
    private static final String REFUSE = """
            UPDATE eventing.outbox_parked SET state = :state, cause = :cause, sending_by = NULL, sending_until = NULL
            WHERE id = :id AND state <> 'DISCARDED'
            """;

    /**
     * Makes later events wait for the refused one. Events that waited for their topic no longer make the topic wait. Served by
     * outbox_parked_key.
     */
    private static final String HOLD_BACK = """
            UPDATE eventing.outbox_parked SET state = 'PARKED', cause = NULL, sending_by = NULL, sending_until = NULL
            WHERE topic = :topic AND key = :key AND id > :id
              AND (state = 'RELEASED' OR state = 'WAITING' AND :state = 'PARKED')
            """;

    private static final String WAITING = """
            SELECT DISTINCT topic FROM eventing.outbox_parked WHERE state = 'WAITING' AND bucket = ANY (:buckets::smallint[])
            """;

    /**
     * The topics without waiting events, each with its parked keys, or with a null if there are none. A single statement, as an
     * operator may release rows between two statements. Served by outbox_parked_waiting and outbox_parked_key.
     */
    private static final String IDLE = """
            WITH idle AS MATERIALIZED (
                SELECT topic FROM unnest(:topics::text[]) AS t (topic)
                WHERE NOT EXISTS (SELECT FROM eventing.outbox_parked p
                                  WHERE p.topic = t.topic AND p.state = 'WAITING' AND bucket = ANY (:buckets::smallint[]))
            )
            SELECT idle.topic, p.key, min(p.id) AS first
            FROM idle LEFT JOIN eventing.outbox_parked p ON p.topic = idle.topic AND p.bucket = ANY (:buckets::smallint[])
            GROUP BY idle.topic, p.key
            """;

    /** Served by outbox_id. If the row was dropped with its day, no relay reads the event again. */
    private static final String FORGET_DISCARDED = """
            DELETE FROM eventing.outbox_discarded d
            WHERE bucket = ANY (:buckets::smallint[]) AND NOT EXISTS (SELECT FROM eventing.outbox o WHERE o.id = d.id)
            """;

    private static final String DISCARDED =
            "SELECT id FROM eventing.outbox_discarded WHERE bucket = ANY (:buckets::smallint[])";

    private final JdbcClient jdbc;
    private final ParkedLock lock;
    private final ParkedOrder order;

    ParkedTable(JdbcClient jdbc, ParkedLock lock, ParkedOrder order) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.order = order;
    }

    /** State of the buckets that a relay takes over. */
    record Known(Map<ParkedKey, Long> firsts, Set<String> waitingTopics, Set<Long> discarded) {}

    /** @param firsts the lowest row ids of the parked keys of the topics */
    record Idle(Set<String> topics, Map<ParkedKey, Long> firsts) {}

    Known load(Collection<Integer> buckets) {
        return lock.locked(buckets, () -> {
            sql(FORGET_DISCARDED, buckets).update();
            return new Known(
                    order.firstsIn(buckets),
                    new HashSet<>(sql(WAITING, buckets).query(String.class).list()),
                    new HashSet<>(sql(DISCARDED, buckets).query(Long.class).list()));
        });
    }

    /** Parks rows of {@code buckets} that cannot be sent now. The {@code cause} is null if they wait for earlier events. */
    void add(Collection<Long> ids, Collection<Integer> buckets, String state, @Nullable String cause) {
        lock.locked(buckets, () -> insert(ids, state, cause));
    }

    /** Parks a refused event; later events that were released or waited for the topic wait for it. Returns false if it was discarded. */
    boolean refuse(long id, ParkedKey key, int bucket, String state, String cause) {
        return lock.locked(Set.of(bucket), () -> {
            insert(List.of(id), state, cause);
            var refused = jdbc.sql(REFUSE)
                    .param("id", id)
                    .param("state", state)
                    .param("cause", cause)
                    .update();
            if (refused > 0) {
                jdbc.sql(HOLD_BACK)
                        .param("topic", key.topic())
                        .param("key", key.key())
                        .param("id", id)
                        .param("state", state)
                        .update();
            }
            return refused > 0;
        });
    }

    /** Finds those of {@code topics} without waiting events, and the first rows of their parked keys. */
    Idle idle(Collection<String> topics, Collection<Integer> buckets) {
        var idle = new Idle(new HashSet<>(), new HashMap<>());
        sql(IDLE, buckets).param("topics", topics.toArray(String[]::new)).query(row -> {
            idle.topics().add(row.getString("topic"));
            if (row.getString("key") != null) {
                idle.firsts().put(new ParkedKey(row.getString("topic"), row.getString("key")), row.getLong("first"));
            }
        });
        return idle;
    }

    private int insert(Collection<Long> ids, String state, @Nullable String cause) {
        return jdbc.sql(INSERT)
                .param("ids", ids.toArray(Long[]::new))
                .param("state", state)
                .param("cause", cause)
                .update();
    }

    private JdbcClient.StatementSpec sql(String sql, Collection<Integer> buckets) {
        return jdbc.sql(sql).param("buckets", buckets.toArray(Integer[]::new));
    }
}

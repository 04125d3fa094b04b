package dev.orderflow.eventing.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The tables of parked and of discarded events, as one relay changes them.
 * <p>
 * Every change is one transaction under a lock per bucket, and only of buckets that the relay owns then. It leaves this
 * behind, whatever came before it: <em>the first event of each key is refused (a cause is stored), waits for its topic, is
 * released or discarded</em>. So nothing waits behind nothing. An operator changes states under the same lock; DISCARDED is
 * final.
 * <p>
 * What is sent is claimed before for a while, so that nobody discards it meanwhile, nor sends it beside its claimant.
 */
final class ParkedTable {

    private static final String LOCK = "SELECT outbox_lock_parked(:buckets)";

    /** Fails in any other incarnation: row ids that the relay knows may be others' there. */
    private static final String OWNED = """
            SELECT count(*)
            FROM outbox_bucket
            WHERE owner = :me AND bucket = ANY (:buckets::smallint[]) AND (SELECT outbox_require(:me, :token))
            """;

    /** Served by outbox_id. What is parked already stays as it is. */
    private static final String INSERT = """
            INSERT INTO outbox_parked (id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload,
                                       state, cause)
            SELECT id, bucket, event_id, topic, key, type, sequence, time, forwarded, headers, payload, :state, :cause
            FROM outbox
            WHERE id = ANY (:ids::bigint[]) AND NOT EXISTS (SELECT FROM outbox_discarded d WHERE d.id = outbox.id)
            ON CONFLICT (id) DO NOTHING
            """;

    /** Served by the primary key. */
    private static final String REFUSE = """
            UPDATE outbox_parked SET state = :state, cause = :cause, sending_by = NULL, sending_until = NULL
            WHERE id = :id AND state <> 'DISCARDED'
            """;

    /**
     * What waits for its topic waits for the refused event as well, and lets the topic wait no longer. Served by outbox_parked_key.
     */
    private static final String HOLD_BACK = """
            UPDATE outbox_parked SET state = 'PARKED', cause = NULL, sending_by = NULL, sending_until = NULL
            WHERE topic = :topic AND key = :key AND id > :id
              AND (state = 'RELEASED' OR state = 'WAITING' AND :state = 'PARKED')
            """;

    private static final String RETURN =
            "UPDATE outbox_parked SET sending_by = NULL, sending_until = NULL WHERE sending_by = :me";

    /** Served by outbox_parked_due. */
    private static final String ANY_DUE = """
            SELECT EXISTS (SELECT FROM outbox_parked
                           WHERE state IN ('RELEASED', 'DISCARDED') AND bucket = ANY (:buckets::smallint[])
                             AND topic <> ALL (:blocked::text[]))
            """;

    /** Served by outbox_parked_due. */
    private static final String BURY = """
            WITH gone AS (
                DELETE FROM outbox_parked
                WHERE state = 'DISCARDED' AND bucket = ANY (:buckets::smallint[])
                RETURNING id, bucket, event_id, topic, key
            ), kept AS (
                INSERT INTO outbox_discarded (id, bucket, event_id) SELECT id, bucket, event_id FROM gone
            )
            SELECT id, topic, key FROM gone
            """;

    /**
     * Releases what waits behind nothing, up to the next refused event. Served by outbox_parked_key, of whose entries for a key the
     * first one tells whether there is anything to do.
     */
    private static final String FOLLOW = """
            UPDATE outbox_parked p
            SET state = 'RELEASED'
            FROM unnest(:topics::text[], :keys::text[]) AS k (topic, key)
            CROSS JOIN LATERAL (SELECT state, cause FROM outbox_parked
                                WHERE topic = k.topic AND key = k.key ORDER BY id LIMIT 1) AS first
            CROSS JOIN LATERAL (SELECT min(id) AS id FROM outbox_parked
                                WHERE topic = k.topic AND key = k.key AND cause IS NOT NULL AND state <> 'RELEASED') AS refused
            WHERE first.state = 'PARKED' AND first.cause IS NULL
              AND p.topic = k.topic AND p.key = k.key AND p.state = 'PARKED' AND p.id < coalesce(refused.id, p.id + 1)
            """;

    /**
     * Claims the oldest that nothing of their key is before, other than what is claimed with them, and no more than a few megabytes.
     * Served by outbox_parked_due and outbox_parked_waiting, and for what is before by outbox_parked_key.
     */
    private static final String CLAIM = """
            WITH ready AS (
                (SELECT id, octet_length(headers) + coalesce(octet_length(payload), 0) AS bytes
                 FROM outbox_parked p
                 WHERE state = 'RELEASED' AND bucket = ANY (:buckets::smallint[]) AND topic <> ALL (:blocked::text[])
                   AND %1$s
                   AND NOT EXISTS (SELECT FROM outbox_parked e
                                   WHERE e.topic = p.topic AND e.key = p.key AND e.id < p.id
                                     AND (e.state <> 'RELEASED' OR NOT %2$s))
                 ORDER BY id LIMIT %3$d)
                UNION ALL
                SELECT w.id, w.bytes
                FROM unnest(:topics::text[]) AS t (topic)
                CROSS JOIN LATERAL (
                    SELECT id, octet_length(headers) + coalesce(octet_length(payload), 0) AS bytes
                    FROM outbox_parked p
                    WHERE topic = t.topic AND state = 'WAITING' AND bucket = ANY (:buckets::smallint[]) AND %1$s
                      AND NOT EXISTS (SELECT FROM outbox_parked e
                                      WHERE e.topic = p.topic AND e.key = p.key AND e.id < p.id
                                        AND (e.state <> 'WAITING' OR NOT %2$s))
                    ORDER BY id LIMIT %3$d) AS w
            ), page AS (
                SELECT id FROM (SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS earlier FROM ready) AS summed
                WHERE earlier < %4$d
            )
            UPDATE outbox_parked SET sending_by = :me, sending_until = now() + :claim::interval
            WHERE id IN (SELECT id FROM page)
            RETURNING id, event_id, topic, key, type, sequence, forwarded, headers, payload
            """;

    private static final int CLAIMED_BYTES = 4 << 20;

    private static final String DELETE =
            "DELETE FROM outbox_parked WHERE id = ANY (:ids::bigint[]) AND state <> 'DISCARDED'";

    private static final String FIRSTS = """
            SELECT topic, key, min(id) AS first
            FROM outbox_parked
            WHERE bucket = ANY (:buckets::smallint[]) AND state <> 'WAITING'
            GROUP BY topic, key
            """;

    /** Served by outbox_parked_key. */
    private static final String FIRSTS_OF = """
            SELECT topic, key, min(id) AS first
            FROM outbox_parked JOIN (SELECT DISTINCT * FROM unnest(:topics::text[], :keys::text[]) AS k (topic, key)) AS k
                 USING (topic, key)
            WHERE state <> 'WAITING'
            GROUP BY topic, key
            """;

    private static final String WAITING = """
            SELECT DISTINCT topic FROM outbox_parked WHERE state = 'WAITING' AND bucket = ANY (:buckets::smallint[])
            """;

    /**
     * The topics of which nothing waits, each with its parked keys, or with a null if there are none. One statement, as an operator may
     * release rows between two. Served by outbox_parked_waiting and outbox_parked_key.
     */
    private static final String IDLE = """
            WITH idle AS MATERIALIZED (
                SELECT topic FROM unnest(:topics::text[]) AS t (topic)
                WHERE NOT EXISTS (SELECT FROM outbox_parked p
                                  WHERE p.topic = t.topic AND p.state = 'WAITING' AND bucket = ANY (:buckets::smallint[]))
            )
            SELECT idle.topic, p.key, min(p.id) AS first
            FROM idle LEFT JOIN outbox_parked p ON p.topic = idle.topic AND p.bucket = ANY (:buckets::smallint[])
            GROUP BY idle.topic, p.key
            """;

    /** Served by outbox_id. Whose row is gone with its day is read by nobody any more. */
    private static final String FORGET_DISCARDED = """
            DELETE FROM outbox_discarded d
            WHERE bucket = ANY (:buckets::smallint[]) AND NOT EXISTS (SELECT FROM outbox o WHERE o.id = d.id)
            """;

    private static final String DISCARDED = "SELECT id FROM outbox_discarded WHERE bucket = ANY (:buckets::smallint[])";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final OutboxReader reader;
    private final BucketLeases leases;
    private final Duration claim;
    private final String claimSome;

    /**
     * @param claim  how long nobody else may send or discard what this relay sends
     * @param atOnce events that are claimed at most of those that are released, and of each topic that is tried again
     */
    ParkedTable(
            JdbcClient jdbc,
            TransactionOperations transaction,
            OutboxReader reader,
            BucketLeases leases,
            Duration claim,
            int atOnce) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.reader = reader;
        this.leases = leases;
        this.claim = claim;
        // Not a parameter: the one plan that is made would not know how few rows are looked for.
        this.claimSome = String.format(Locale.ROOT, CLAIM, free(""), free("e."), atOnce, CLAIMED_BYTES);
    }

    /** What a relay has to know of the buckets it takes over. */
    record Known(Map<ParkedKey, Long> firsts, Set<String> waitingTopics, Set<Long> discarded) {}

    /** Rows that are to be sent, by id, and rows that were given up since. */
    record Claimed(List<OutboxRow> rows, Set<Long> discarded, Map<ParkedKey, Long> firsts, Set<ParkedKey> touched) {}

    /** @param firsts the lowest row ids of the parked keys of the topics */
    record Idle(Set<String> topics, Map<ParkedKey, Long> firsts) {}

    Known load(Collection<Integer> buckets) {
        return locked(buckets, () -> {
            sql(FORGET_DISCARDED, buckets).update();
            return new Known(
                    firsts(sql(FIRSTS, buckets)),
                    new HashSet<>(sql(WAITING, buckets).query(String.class).list()),
                    new HashSet<>(sql(DISCARDED, buckets).query(Long.class).list()));
        });
    }

    /** Parks rows of {@code buckets} that cannot be sent now, in {@code state} and for {@code cause} if they do not wait behind others. */
    void add(Collection<Long> ids, Collection<Integer> buckets, String state, @Nullable String cause) {
        locked(buckets, () -> insert(ids, state, cause));
    }

    /** Returns false if the event was discarded. What was released behind it, or waited for its topic, waits behind it again. */
    boolean refuse(long id, ParkedKey key, int bucket, String state, String cause) {
        return locked(Set.of(bucket), () -> {
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

    /**
     * Whether an operator has released or discarded anything that is not dealt with yet.
     *
     * @param blocked topics that are not tried again yet
     */
    boolean anyDue(Collection<Integer> buckets, Collection<String> blocked) {
        return sql(ANY_DUE, buckets)
                .param("blocked", blocked.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /**
     * @param topics  those that are tried again
     * @param blocked those that are not yet
     */
    Claimed claim(Collection<Integer> buckets, Collection<String> topics, Collection<String> blocked) {
        return locked(buckets, () -> {
            var discarded = new HashSet<Long>();
            var touched = new HashSet<ParkedKey>();
            sql(BURY, buckets).query(row -> {
                discarded.add(row.getLong("id"));
                touched.add(new ParkedKey(row.getString("topic"), row.getString("key")));
            });
            follow(touched);
            var rows = sql(claimSome, buckets)
                    .param("topics", topics.toArray(String[]::new))
                    .param("blocked", blocked.toArray(String[]::new))
                    .param("me", leases.relay())
                    .param("claim", claim.toString())
                    .query(reader::row)
                    .list();
            return new Claimed(
                    rows.stream().sorted(Comparator.comparing(OutboxRow::id)).toList(),
                    discarded,
                    firstsOf(touched),
                    touched);
        });
    }

    /** Removes what was sent, and returns the first rows of those of {@code keys} that are still parked. */
    Map<ParkedKey, Long> remove(Collection<Long> ids, Set<ParkedKey> keys, Collection<Integer> buckets) {
        return locked(buckets, () -> {
            jdbc.sql(DELETE).param("ids", ids.toArray(Long[]::new)).update();
            follow(keys);
            return firstsOf(keys);
        });
    }

    /** Those of {@code topics} of which nothing waits any more, and what else is parked of them. */
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

    /** Gives up all claims of this relay, which sends nothing any more. */
    void returnClaims() {
        jdbc.sql(RETURN).param("me", leases.relay()).update();
    }

    private <T> T locked(Collection<Integer> buckets, Supplier<T> work) {
        return transaction.execute(status -> {
            sql(LOCK, buckets).query(row -> {});
            var owned = sql(OWNED, buckets)
                    .param("me", leases.relay())
                    .param("token", leases.incarnation().token())
                    .query(Integer.class)
                    .single();
            if (owned < Set.copyOf(buckets).size()) {
                throw new LeaseLostException();
            }
            return work.get();
        });
    }

    private int insert(Collection<Long> ids, String state, @Nullable String cause) {
        return jdbc.sql(INSERT)
                .param("ids", ids.toArray(Long[]::new))
                .param("state", state)
                .param("cause", cause)
                .update();
    }

    private void follow(Set<ParkedKey> keys) {
        if (!keys.isEmpty()) {
            ofKeys(FOLLOW, keys).update();
        }
    }

    private Map<ParkedKey, Long> firstsOf(Set<ParkedKey> keys) {
        return keys.isEmpty() ? Map.of() : firsts(ofKeys(FIRSTS_OF, keys));
    }

    private static Map<ParkedKey, Long> firsts(JdbcClient.StatementSpec statement) {
        var firsts = new HashMap<ParkedKey, Long>();
        statement.query(row -> {
            firsts.put(new ParkedKey(row.getString("topic"), row.getString("key")), row.getLong("first"));
        });
        return firsts;
    }

    private JdbcClient.StatementSpec sql(String sql, Collection<Integer> buckets) {
        return jdbc.sql(sql).param("buckets", buckets.toArray(Integer[]::new));
    }

    private JdbcClient.StatementSpec ofKeys(String sql, Collection<ParkedKey> keys) {
        return jdbc.sql(sql)
                .param("topics", keys.stream().map(ParkedKey::topic).toArray(String[]::new))
                .param("keys", keys.stream().map(ParkedKey::key).toArray(String[]::new));
    }

    /** Whether no other relay may be sending the row. */
    private static String free(String row) {
        return String.format(Locale.ROOT, "coalesce(%1$ssending_by = :me OR %1$ssending_until < now(), true)", row);
    }
}

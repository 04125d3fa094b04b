package dev.orderflow.eventing.outbox.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes parked events: events to be sent, when they are released or their topic accepts events again, and discarded events.
 * <p>
 * A relay claims events for a limited time before it sends them. Meanwhile no operator can discard them, and no other relay can
 * send them.
 */
final class ParkedClaims {

    private static final String RETURN =
            "UPDATE eventing.outbox_parked SET sending_by = NULL, sending_until = NULL WHERE sending_by = :me";

    /** Served by outbox_parked_due. */
    private static final String ANY_DUE = """
            SELECT EXISTS (SELECT FROM eventing.outbox_parked
                           WHERE state IN ('RELEASED', 'DISCARDED') AND bucket = ANY (:buckets::smallint[])
                             AND topic <> ALL (:blocked::text[]))
            """;

    /** Served by outbox_parked_due. */
    private static final String BURY = """
            WITH gone AS (
                DELETE FROM eventing.outbox_parked
                WHERE state = 'DISCARDED' AND bucket = ANY (:buckets::smallint[])
                RETURNING id, bucket, event_id, topic, key
            ), kept AS (
                INSERT INTO eventing.outbox_discarded (id, bucket, event_id) SELECT id, bucket, event_id FROM gone
            )
            SELECT id, topic, key FROM gone
            """;

    /**
     * Claims the oldest events, up to a few megabytes. Earlier events of the same key must be claimed with them.
     * Served by outbox_parked_due and outbox_parked_waiting, and for the earlier events by outbox_parked_key.
     */
    private static final String CLAIM = """
            WITH ready AS (
                (SELECT id, octet_length(headers) + coalesce(octet_length(payload), 0) AS bytes
                 FROM eventing.outbox_parked p
                 WHERE state = 'RELEASED' AND bucket = ANY (:buckets::smallint[]) AND topic <> ALL (:blocked::text[])
                   AND %1$s
                   AND NOT EXISTS (SELECT FROM eventing.outbox_parked e
                                   WHERE e.topic = p.topic AND e.key = p.key AND e.id < p.id
                                     AND (e.state <> 'RELEASED' OR NOT %2$s))
                 ORDER BY id LIMIT %3$d)
                UNION ALL
                SELECT w.id, w.bytes
                FROM unnest(:topics::text[]) AS t (topic)
                CROSS JOIN LATERAL (
                    SELECT id, octet_length(headers) + coalesce(octet_length(payload), 0) AS bytes
                    FROM eventing.outbox_parked p
                    WHERE topic = t.topic AND state = 'WAITING' AND bucket = ANY (:buckets::smallint[]) AND %1$s
                      AND NOT EXISTS (SELECT FROM eventing.outbox_parked e
                                      WHERE e.topic = p.topic AND e.key = p.key AND e.id < p.id
                                        AND (e.state <> 'WAITING' OR NOT %2$s))
                    ORDER BY id LIMIT %3$d) AS w
            ), page AS (
                SELECT id FROM (SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS earlier FROM ready) AS summed
                WHERE earlier < %4$d
            )
            UPDATE eventing.outbox_parked SET sending_by = :me, sending_until = now() + :claim::interval
            WHERE id IN (SELECT id FROM page)
            RETURNING id, event_id, topic, key, type, sequence, forwarded, headers, payload
            """;

    private static final int CLAIMED_BYTES = 4 << 20;

    private static final String DELETE =
            "DELETE FROM eventing.outbox_parked WHERE id = ANY (:ids::bigint[]) AND state <> 'DISCARDED'";

    private final JdbcClient jdbc;
    private final ParkedLock lock;
    private final ParkedOrder order;
    private final OutboxReader reader;
    private final UUID relay;
    private final Duration claim;
    private final String claimSome;

    /**
     * @param claim  how long only {@code relay} may send or discard the events that it has claimed
     * @param atOnce maximum number of released events per claim, and of events of each topic that is tried again
     */
    ParkedClaims(
            JdbcClient jdbc,
            ParkedLock lock,
            ParkedOrder order,
            OutboxReader reader,
            UUID relay,
            Duration claim,
            int atOnce) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.order = order;
        this.reader = reader;
        this.relay = relay;
        this.claim = claim;
        // Not a parameter: the generic plan would not consider how few rows are needed.
        this.claimSome = String.format(Locale.ROOT, CLAIM, free(""), free("e."), atOnce, CLAIMED_BYTES);
    }

    /** Rows to be sent, by id, and ids of the rows that were discarded since the last claim. */
    record Claimed(List<OutboxRow> rows, Set<Long> discarded, Map<ParkedKey, Long> firsts, Set<ParkedKey> touched) {}

    /**
     * Returns whether there are events that an operator has released or discarded and that are still in the table.
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
     * @param topics  topics that are tried again
     * @param blocked topics that are not tried again yet
     */
    Claimed claim(Collection<Integer> buckets, Collection<String> topics, Collection<String> blocked) {
        return lock.locked(buckets, () -> {
            var discarded = new HashSet<Long>();
            var touched = new HashSet<ParkedKey>();
            sql(BURY, buckets).query(row -> {
                discarded.add(row.getLong("id"));
                touched.add(new ParkedKey(row.getString("topic"), row.getString("key")));
            });
            order.follow(touched);
            var rows = sql(claimSome, buckets)
                    .param("topics", topics.toArray(String[]::new))
                    .param("blocked", blocked.toArray(String[]::new))
                    .param("me", relay)
                    .param("claim", claim.toString())
                    .query(reader::row)
                    .list();
            return new Claimed(
                    reader.signed(new ArrayList<>(rows.stream()
                            .sorted(Comparator.comparing(OutboxRow::id))
                            .toList())),
                    discarded,
                    order.firstsOf(touched),
                    touched);
        });
    }

    /** Removes sent events, and returns the first rows of those of {@code keys} that are still parked. */
    Map<ParkedKey, Long> remove(Collection<Long> ids, Set<ParkedKey> keys, Collection<Integer> buckets) {
        return lock.locked(buckets, () -> {
            jdbc.sql(DELETE).param("ids", ids.toArray(Long[]::new)).update();
            order.follow(keys);
            return order.firstsOf(keys);
        });
    }

    /** Releases all claims of this relay, which must not send any more. */
    void returnClaims() {
        jdbc.sql(RETURN).param("me", relay).update();
    }

    private JdbcClient.StatementSpec sql(String sql, Collection<Integer> buckets) {
        return jdbc.sql(sql).param("buckets", buckets.toArray(Integer[]::new));
    }

    /** Returns whether no other relay may be sending the row. */
    private static String free(String row) {
        return String.format(Locale.ROOT, "coalesce(%1$ssending_by = :me OR %1$ssending_until < now(), true)", row);
    }
}

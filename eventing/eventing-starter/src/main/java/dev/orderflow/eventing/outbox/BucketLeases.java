package dev.orderflow.eventing.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * This instance's share of the buckets, and how far each was sent.
 * <p>
 * Leases only keep instances from doing the same work. They need not be exact: an instance that was paused and wakes up after
 * another took over sends events again that the other has sent too, each of the two in order, and consumers drop the second
 * of each. What must be exact is the stored cursor: only the owner moves it, and only past rows that the broker has
 * acknowledged. All times are the database's.
 * <p>
 * After any failed statement the cursors in memory must be forgotten ({@link #forget()}): a database that crashed may give
 * out transaction ids again that it had given out since the last cursor was stored. Not thread-safe; the relay's thread
 * owns it.
 */
public class BucketLeases {

    private static final String ANNOUNCE = """
            INSERT INTO outbox_relay (instance, alive_until) VALUES (:me, now() + :lease::interval)
            ON CONFLICT (instance) DO UPDATE SET alive_until = excluded.alive_until
            """;

    private static final String RENEW = """
            UPDATE outbox_bucket SET leased_until = now() + :lease::interval
            WHERE owner = :me
            RETURNING bucket, cursor::text
            """;

    private static final String CLAIM = """
            UPDATE outbox_bucket SET owner = :me, leased_until = now() + :lease::interval
            WHERE bucket IN (SELECT bucket FROM outbox_bucket
                             WHERE owner IS NULL OR leased_until < now()
                             ORDER BY bucket LIMIT :wanted FOR UPDATE SKIP LOCKED)
            RETURNING bucket, cursor::text
            """;

    private static final String STORE = """
            UPDATE outbox_bucket SET cursor = :cursor::pg_snapshot
            WHERE owner = :me AND bucket = ANY (:buckets::smallint[])
            """;

    private static final String RELEASE = """
            UPDATE outbox_bucket SET owner = NULL WHERE owner = :me AND bucket = ANY (:buckets::smallint[])
            """;

    private final JdbcClient jdbc;
    private final UUID me;
    private final Duration lease;
    private final Map<Integer, String> cursors = new HashMap<>();

    /** @param lease how long another instance waits for this one after it has died */
    public BucketLeases(JdbcClient jdbc, UUID me, Duration lease) {
        this.jdbc = jdbc;
        this.me = me;
        this.lease = lease;
    }

    /** The leased buckets, each with the snapshot up to which all its events were sent. */
    Map<Integer, String> cursors() {
        return Map.copyOf(cursors);
    }

    /** Extends the leases, then gives back or takes over buckets until this instance holds its fair share. */
    void renew() {
        extend().forEach(cursors::putIfAbsent);

        var fairShare = Math.ceilDiv(Buckets.COUNT, aliveInstances());
        if (cursors.size() > fairShare) {
            release(cursors.keySet().stream().sorted().skip(fairShare).toList());
        } else if (cursors.size() < fairShare) {
            cursors.putAll(leased(jdbc.sql(CLAIM).param("wanted", fairShare - cursors.size())));
        }
    }

    /** Extends the leases without taking over any bucket, and returns all leased ones with their stored cursors. */
    Map<Integer, String> extend() {
        jdbc.sql(ANNOUNCE).param("me", me).param("lease", lease.toString()).update();
        var kept = leased(jdbc.sql(RENEW));
        cursors.keySet().retainAll(kept.keySet());
        return kept;
    }

    /** The broker has acknowledged all events of {@code buckets} that are visible in {@code snapshot}. */
    void sentUpTo(String snapshot, Collection<Integer> buckets) {
        buckets.forEach(bucket -> cursors.replace(bucket, snapshot));
    }

    /** Makes it survive this process that all leased buckets were sent up to {@code snapshot}. */
    void store(String snapshot) {
        jdbc.sql(STORE)
                .param("cursor", snapshot)
                .param("me", me)
                .param("buckets", cursors.keySet().toArray(Integer[]::new))
                .update();
    }

    void forget() {
        cursors.clear();
    }

    /** Lets others take over at once. */
    void releaseAll() {
        release(List.copyOf(cursors.keySet()));
        jdbc.sql("DELETE FROM outbox_relay WHERE instance = :me")
                .param("me", me)
                .update();
    }

    private void release(Collection<Integer> buckets) {
        buckets.forEach(bucket -> jdbc.sql(STORE)
                .param("cursor", cursors.get(bucket))
                .param("me", me)
                .param("buckets", new Integer[] {bucket})
                .update());
        jdbc.sql(RELEASE)
                .param("me", me)
                .param("buckets", buckets.toArray(Integer[]::new))
                .update();
        cursors.keySet().removeAll(buckets);
    }

    private int aliveInstances() {
        jdbc.sql("DELETE FROM outbox_relay WHERE alive_until < now()").update();
        return jdbc.sql("SELECT greatest(count(*), 1) FROM outbox_relay")
                .query(Integer.class)
                .single();
    }

    private Map<Integer, String> leased(JdbcClient.StatementSpec statement) {
        var leased = new HashMap<Integer, String>();
        statement.param("me", me).param("lease", lease.toString()).query(row -> {
            leased.put(row.getInt("bucket"), row.getString("cursor"));
        });
        return leased;
    }
}

package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.outbox.Buckets;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The buckets that this instance has leased, and the position up to which each was sent.
 * <p>
 * Leases only keep instances from doing the same work. They need not be exact: an instance that was paused and continues after
 * another took over sends events again. Both instances send in order, and consumers drop the second delivery of each event. The
 * stored position must be exact: only the owner moves it, and only past rows that the broker has acknowledged. All times are the
 * database's.
 * <p>
 * A position in memory is valid in one {@link Incarnation} of the server only. The first statement begins a new incarnation, and
 * every other statement requires it. A stored position is valid on any server that has its row: the transaction that stored it
 * has a higher id than all transactions that the position counts as finished, and follows them in the log. After any failure,
 * {@link #forget()} must discard the positions in memory. Not thread-safe; the relay's thread owns it.
 */
class BucketLeases {

    private static final Logger LOG = LoggerFactory.getLogger(BucketLeases.class);

    /**
     * Stores a new token. Reusing a token would make earlier positions valid again. Returns whether the row still had the
     * previous token, which only this relay changes. Served by the primary key.
     */
    private static final String BEGIN = """
            WITH earlier AS (
                SELECT token, server_started FROM eventing.outbox_relay WHERE instance = :me
            )
            INSERT INTO eventing.outbox_relay AS relay (instance, alive_until, token, server_started)
            VALUES (:me, now() + :lease::interval, :token, pg_postmaster_start_time())
            ON CONFLICT (instance) DO UPDATE
            SET alive_until = excluded.alive_until, token = excluded.token, server_started = excluded.server_started
            RETURNING EXISTS (SELECT FROM earlier
                              WHERE earlier.token = :before AND earlier.server_started = relay.server_started)
            """;

    private static final String REQUIRED = "(SELECT eventing.outbox_require(:me, :token))";

    private static final String ANNOUNCE = String.format(Locale.ROOT, """
            UPDATE eventing.outbox_relay SET alive_until = now() + :lease::interval WHERE instance = :me AND %s
            """, REQUIRED);

    private static final String RENEW = String.format(Locale.ROOT, """
            UPDATE eventing.outbox_bucket SET leased_until = now() + :lease::interval
            WHERE owner = :me AND %s
            RETURNING bucket, cursor::text, next_txid::text::bigint AS next_txid, last_id
            """, REQUIRED);

    private static final String CLAIM = String.format(Locale.ROOT, """
            UPDATE eventing.outbox_bucket SET owner = :me, leased_until = now() + :lease::interval
            WHERE bucket IN (SELECT bucket FROM eventing.outbox_bucket
                             WHERE owner IS NULL OR leased_until < now()
                             ORDER BY bucket LIMIT :wanted FOR UPDATE SKIP LOCKED)
              AND %s
            RETURNING bucket, cursor::text, next_txid::text::bigint AS next_txid, last_id
            """, REQUIRED);

    private static final String STORE = String.format(Locale.ROOT, """
            UPDATE eventing.outbox_bucket SET cursor = :cursor::pg_snapshot, next_txid = :nextTxid::xid8, last_id = :lastId
            WHERE owner = :me AND bucket = ANY (:buckets::smallint[]) AND %s
            """, REQUIRED);

    private static final String RELEASE = """
            UPDATE eventing.outbox_bucket SET owner = NULL WHERE owner = :me AND bucket = ANY (:buckets::smallint[])
            """;

    private final JdbcClient jdbc;
    private final UUID me;
    private final Duration lease;
    private final Runnable begun;
    private final Map<Integer, Position> sent = new HashMap<>();
    private @Nullable Incarnation incarnation;
    private @Nullable UUID lastToken;
    private boolean shared;

    /** @param lease time after which other instances take over the buckets of a crashed instance */
    BucketLeases(JdbcClient jdbc, UUID me, Duration lease) {
        this(jdbc, me, lease, () -> {});
    }

    /**
     * @param lease time after which other instances take over the buckets of a crashed instance
     * @param begun called when this instance begins on a server, for the first time or after a restart of the server; must not
     *              block
     */
    BucketLeases(JdbcClient jdbc, UUID me, Duration lease, Runnable begun) {
        this.jdbc = jdbc;
        this.me = me;
        this.lease = lease;
        this.begun = begun;
    }

    /**
     * The leased buckets by the position up to which they were sent. Buckets that were taken over at different times may have
     * different positions; usually there is one.
     */
    Map<Position, Set<Integer>> shares() {
        return byPosition(sent);
    }

    /** The leased buckets. */
    Set<Integer> buckets() {
        return Set.copyOf(sent.keySet());
    }

    /** Returns whether other instances existed when the leases were last renewed. */
    boolean areShared() {
        return shared;
    }

    /** This instance. */
    UUID relay() {
        return me;
    }

    /** The incarnation in which the positions are valid. The leases must have been renewed since the last failure. */
    Incarnation incarnation() {
        var current = incarnation;
        if (current == null) {
            throw new IllegalStateException("the leases have not been renewed since the positions were forgotten");
        }
        return current;
    }

    /** Extends the leases, then releases or takes over buckets until this instance holds its fair share. */
    void renew() {
        extend().forEach(sent::putIfAbsent);

        var instances = aliveInstances();
        shared = instances > 1;
        var fairShare = Math.ceilDiv(Buckets.COUNT, instances);
        if (sent.size() > fairShare) {
            release(sent.keySet().stream().sorted().skip(fairShare).toList());
        } else if (sent.size() < fairShare) {
            leased(CLAIM, fairShare - sent.size()).forEach(sent::putIfAbsent);
        }
    }

    /** Extends the leases without taking over any bucket, and returns all leased ones with their stored positions. */
    Map<Integer, Position> extend() {
        if (incarnation == null) {
            begin();
        } else {
            required(ANNOUNCE).param("lease", lease.toString()).update();
        }
        var kept = leased(RENEW, 0);
        sent.keySet().retainAll(kept.keySet());
        return kept;
    }

    /** Records that the broker has acknowledged all events of the leased buckets that are visible at {@code position}. */
    void sentUpTo(Position position) {
        sent.replaceAll((bucket, earlier) -> position);
    }

    /** Stores the positions of the leased buckets in the database. */
    void store() {
        store(sent);
    }

    void forget() {
        sent.clear();
        incarnation = null;
    }

    /** Releases all leases, so that other instances take over immediately. */
    void releaseAll() {
        release(List.copyOf(sent.keySet()));
        jdbc.sql("DELETE FROM eventing.outbox_relay WHERE instance = :me")
                .param("me", me)
                .update();
    }

    private void store(Map<Integer, Position> positions) {
        byPosition(positions)
                .forEach((position, buckets) -> required(STORE)
                        .param("cursor", position.snapshot())
                        .param("nextTxid", Long.toString(position.nextTxid()))
                        .param("lastId", position.lastId())
                        .param("buckets", buckets.toArray(Integer[]::new))
                        .update());
    }

    private void release(Collection<Integer> buckets) {
        var released = new HashMap<>(sent);
        released.keySet().retainAll(buckets);
        store(released);
        jdbc.sql(RELEASE)
                .param("me", me)
                .param("buckets", buckets.toArray(Integer[]::new))
                .update();
        sent.keySet().removeAll(buckets);
    }

    private static Map<Position, Set<Integer>> byPosition(Map<Integer, Position> positions) {
        var shares = new HashMap<Position, Set<Integer>>();
        positions.forEach((bucket, position) ->
                shares.computeIfAbsent(position, key -> new TreeSet<>()).add(bucket));
        return shares;
    }

    private int aliveInstances() {
        jdbc.sql("DELETE FROM eventing.outbox_relay WHERE alive_until < now()").update();
        return jdbc.sql("SELECT greatest(count(*), 1) FROM eventing.outbox_relay")
                .query(Integer.class)
                .single();
    }

    private void begin() {
        var token = UUID.randomUUID();
        var continued = jdbc.sql(BEGIN)
                .param("me", me)
                .param("lease", lease.toString())
                .param("token", token)
                .param("before", lastToken, Types.OTHER)
                .query(Boolean.class)
                .single();
        lastToken = token;
        if (!continued) {
            begun.run();
        }
        if (jdbc.sql("SELECT eventing.outbox_adopt()").query(Boolean.class).single()) {
            LOG.warn(
                    "outbox=moved cause=\"the cursors belong to another cluster\" consequence=\"all retained events are sent again\""
                            + " requires=\"consumers that remember event ids for as long as this outbox keeps events\"");
        }
        incarnation = new Incarnation(me, token);
    }

    private JdbcClient.StatementSpec required(String sql) {
        return jdbc.sql(sql).param("me", me).param("token", incarnation().token());
    }

    private Map<Integer, Position> leased(String sql, int wanted) {
        var leased = new HashMap<Integer, Position>();
        required(sql).param("lease", lease.toString()).param("wanted", wanted).query(row -> {
            leased.put(
                    row.getInt("bucket"),
                    new Position(
                            incarnation(), row.getString("cursor"), row.getLong("next_txid"), row.getLong("last_id")));
        });
        return leased;
    }
}

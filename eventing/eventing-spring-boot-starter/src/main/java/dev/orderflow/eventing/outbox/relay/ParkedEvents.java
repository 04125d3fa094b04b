package dev.orderflow.eventing.outbox.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Parked events: events that the broker refuses for good, events of topics that do not accept any for now, and the later events
 * of their keys, which must not overtake them. They are stored in a separate table, so that the relay continues with all others.
 * <p>
 * Only the relay that has leased a bucket adds and removes its rows; an operator changes their state. The relay therefore reads
 * the parked keys once, when it takes over the bucket, and not for each event. A discarded event is stored for as long as its row
 * is in the outbox, since a relay that begins at an older position reads it again. Not thread-safe; the relay's thread owns it.
 */
class ParkedEvents {

    private static final String PARKED = "PARKED";
    private static final String WAITING = "WAITING";
    private static final int CLAIMED_AT_ONCE = 500;

    private final ParkedTable table;
    private final ParkedClaims claims;
    private final Duration claim;
    /** The lowest parked row id of each key. Earlier rows, which may have to be sent again, are not parked behind it. */
    private final Map<ParkedKey, Long> firsts = new HashMap<>();

    private final WaitingTopics topics;
    private final Set<Long> discarded = new HashSet<>();

    private volatile int parkedKeys;
    private volatile int waitingTopics;

    /**
     * @param transaction of {@code jdbc}'s database, READ COMMITTED
     * @param claim       how long only this relay may send or discard the events that {@link #released} has returned
     */
    ParkedEvents(
            JdbcClient jdbc,
            TransactionOperations transaction,
            OutboxReader reader,
            BucketLeases leases,
            Duration claim) {
        this(jdbc, transaction, reader, leases, claim, CLAIMED_AT_ONCE, System::nanoTime);
    }

    /** @param claimedAtOnce maximum number of events that {@link #released} returns, and of each topic that is tried again */
    ParkedEvents(
            JdbcClient jdbc,
            TransactionOperations transaction,
            OutboxReader reader,
            BucketLeases leases,
            Duration claim,
            int claimedAtOnce,
            LongSupplier nanoTime) {
        var lock = new ParkedLock(jdbc, transaction, leases);
        var order = new ParkedOrder(jdbc);
        this.table = new ParkedTable(jdbc, lock, order);
        this.claims = new ParkedClaims(jdbc, lock, order, reader, leases.relay(), claim, claimedAtOnce);
        this.claim = claim;
        this.topics = new WaitingTopics(nanoTime);
    }

    /** Number of parked keys, without those of waiting topics. May be called from any thread. */
    int keys() {
        return parkedKeys;
    }

    /** Number of topics that do not accept events. May be called from any thread. */
    int topics() {
        return waitingTopics;
    }

    /** Time for which only this relay may send or discard the events that {@link #released} returned. */
    Duration claim() {
        return claim;
    }

    /** Reads the parked keys of {@code buckets}. */
    void load(Collection<Integer> buckets) {
        var known = table.load(buckets);
        firsts.clear();
        firsts.putAll(known.firsts());
        topics.load(known.waitingTopics());
        discarded.clear();
        discarded.addAll(known.discarded());
        count();
    }

    /** Parks events that follow a parked one of their key or whose topic waits, drops discarded ones, and returns the others. */
    List<OutboxRow> divert(List<OutboxRow> rows) {
        if (firsts.isEmpty() && topics.isEmpty() && discarded.isEmpty()) {
            return rows;
        }
        var free = new ArrayList<OutboxRow>();
        var behind = new ArrayList<OutboxRow>();
        var waiting = new HashMap<String, List<OutboxRow>>();
        for (var row : rows) {
            if (discarded.contains(row.id())) {
                continue;
            }
            if (row.id() >= firsts.getOrDefault(ParkedKey.of(row), Long.MAX_VALUE)) {
                behind.add(row);
            } else if (topics.contains(row.topic())) {
                waiting.computeIfAbsent(row.topic(), topic -> new ArrayList<>()).add(row);
            } else {
                free.add(row);
            }
        }
        if (!behind.isEmpty()) {
            table.add(ids(behind), buckets(behind), PARKED, null);
        }
        waiting.forEach((topic, late) ->
                table.add(ids(late), buckets(late), topics.isForGood(topic) ? PARKED : WAITING, topics.cause(topic)));
        return free;
    }

    /** Parks {@code row}, which the broker refuses for good. */
    void park(OutboxRow row, String cause) {
        putAside(row, PARKED, cause);
    }

    /**
     * Makes the topic of {@code row} wait, because it does not accept events.
     *
     * @param forGood whether only an operator can decide when to try again
     */
    void waitForTopic(OutboxRow row, String cause, boolean forGood) {
        topics.add(row.topic(), cause, forGood);
        putAside(row, forGood ? PARKED : WAITING, cause);
    }

    /**
     * Claims and returns the oldest events that are to be sent now. Call {@link #gone} after sending them. Only this relay may
     * send or discard them until {@link #claim()} has passed since this call.
     */
    List<OutboxRow> released(Collection<Integer> buckets) {
        if (firsts.isEmpty() && topics.isEmpty()) {
            return List.of();
        }
        var due = topics.due();
        var blocked = topics.blocked();
        if (due.isEmpty() && !claims.anyDue(buckets, blocked)) {
            return List.of();
        }
        var claimed = claims.claim(buckets, due, blocked);
        discarded.addAll(claimed.discarded());
        learn(claimed.touched(), claimed.firsts());
        forgetIdle(Stream.concat(due.stream(), claimed.touched().stream().map(ParkedKey::topic)), buckets);
        return claimed.rows();
    }

    /** Removes events that were sent. Keys and topics without parked events are no longer parked. */
    void gone(List<OutboxRow> sent, Collection<Integer> buckets) {
        var keys = sent.stream().map(ParkedKey::of).collect(Collectors.toSet());
        learn(keys, claims.remove(ids(sent), keys, buckets));
        forgetIdle(keys.stream().map(ParkedKey::topic), buckets);
    }

    /** Releases all claims of this relay, which must not send any more. */
    void returnClaims() {
        claims.returnClaims();
    }

    private void putAside(OutboxRow row, String state, String cause) {
        var key = ParkedKey.of(row);
        if (table.refuse(row.id(), key, key.bucket(), state, cause) && state.equals(PARKED)) {
            firsts.merge(key, row.id(), Math::min);
        }
        count();
    }

    private void learn(Set<ParkedKey> keys, Map<ParkedKey, Long> known) {
        firsts.keySet().removeAll(keys);
        firsts.putAll(known);
        count();
    }

    /**
     * Removes the topics that no longer have waiting events. A waiting topic stands for all its keys. Afterwards its keys with
     * events in another state, for instance released by an operator, are stored individually.
     */
    private void forgetIdle(Stream<String> candidates, Collection<Integer> buckets) {
        var known = candidates.filter(topics::contains).collect(Collectors.toSet());
        if (!known.isEmpty()) {
            var idle = table.idle(known, buckets);
            firsts.putAll(idle.firsts());
            topics.forget(idle.topics());
            count();
        }
    }

    private void count() {
        parkedKeys = firsts.size();
        waitingTopics = topics.count();
    }

    private static List<Long> ids(List<OutboxRow> rows) {
        return rows.stream().map(OutboxRow::id).toList();
    }

    private static Set<Integer> buckets(List<OutboxRow> rows) {
        return rows.stream().map(row -> ParkedKey.of(row).bucket()).collect(Collectors.toSet());
    }
}

package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition that wait for a limit, which are some of those from {@code first} to {@code frontier}. They
 * stay in the topic: only the two offsets are kept, and a filter of the waiting keys and lanes.
 * <p>
 * A record whose key or lane may be waiting waits, too. The others behind the first have been handled. Not thread-safe.
 */
final class Backlog {

    /** Longest reading of waiting records while there may be others. */
    private static final long LONGEST_TURN = 100_000_000L;

    /** Stands for all records without a key. One that is read twice is recognized as a copy. */
    private static final String WITHOUT_KEY = "\0";

    private final KeyFilter waiting = new KeyFilter();
    private final int crowd;
    private long first;
    private long frontier;
    private @Nullable Lane next;
    // The topic had a record at "first" when it was read last.
    private boolean wasSeen = true;

    private boolean isBehind;
    private boolean mayTurn;
    private boolean wasHeard;
    private long heardAt;

    /**
     * @param first offset of the first waiting record
     * @param lane  lane whose limit it waits for
     * @param crowd records from the first waiting one to the frontier, as many as may be read past
     */
    Backlog(long first, Lane lane, int crowd) {
        this.crowd = crowd;
        this.first = first;
        this.frontier = first;
        this.next = lane;
    }

    long first() {
        return first;
    }

    long frontier() {
        return frontier;
    }

    /** Returns whether waiting records are read, rather than those at the frontier. */
    boolean isBehind() {
        return isBehind;
    }

    /** Returns the least offset that the next record can have, unless the partition was away and assigned again. */
    long expected() {
        return isBehind ? first : frontier;
    }

    /** Returns whether the first waiting record was lost, given where the topic continues. */
    boolean isLostAt(long found) {
        return isBehind && wasSeen && found > first;
    }

    /** Returns whether no more can wait. Reading beyond the frontier must pause. */
    boolean isFull() {
        return waiting.isFull();
    }

    /** Returns whether a waiting record of the lane may be handled, or has to, since too many wait. */
    boolean acquire(Lane lane) {
        return lane.acquire() || isCrowdedBy(lane);
    }

    private boolean isCrowdedBy(Lane lane) {
        return lane.isLiftedByCrowds() && (isFull() || frontier - first > crowd);
    }

    boolean holdsKey(@Nullable String key) {
        return key != null && waiting.contains(key);
    }

    /** Returns whether a record of that key may be waiting. Its lane does not tell, since a limit can be lifted meanwhile. */
    boolean mayHold(@Nullable String key) {
        return waiting.contains(key == null ? WITHOUT_KEY : key);
    }

    boolean holdsLane(@Nullable Lane lane) {
        return lane != null && waiting.contains(lane.id());
    }

    void add(@Nullable String key, Lane lane) {
        waiting.add(key == null ? WITHOUT_KEY : key);
        waiting.add(lane.id());
    }

    void readTo(long position, long now) {
        if (isBehind) {
            hear(now);
            first = position;
            wasSeen = false;
            next = null;
        } else {
            frontier = position;
        }
    }

    /** Ends reading of waiting records at the first that still waits. */
    void stopAt(long offset, Lane lane) {
        first = offset;
        wasSeen = true;
        next = lane;
        leave();
    }

    /** Begins again to read waiting records at {@code offset} when it is their turn, because an outage interrupted it. */
    void returnTo(long offset) {
        first = Math.min(first, offset);
        wasSeen = first == offset;
        next = null;
        leave();
    }

    void returnFrontierTo(long offset) {
        frontier = offset;
    }

    /** Continues at the frontier. */
    void leave() {
        isBehind = false;
        mayTurn = false;
    }

    /**
     * Returns whether waiting records have been read for long enough. The time counts from the broker's first answer: a broker that
     * takes longer to answer would otherwise be asked in vain for ever.
     */
    boolean isTurnOver(long now) {
        return isBehind && wasHeard && now - heardAt > LONGEST_TURN;
    }

    private void hear(long now) {
        if (!wasHeard) {
            wasHeard = true;
            heardAt = now;
        }
    }

    /** Notes that records at the frontier have had their turn. */
    void polled() {
        mayTurn = true;
    }

    /** Begins to read waiting records if their limit permits. */
    void turn() {
        if (!isBehind && mayTurn && (next == null || next.isReady() || isCrowdedBy(next))) {
            isBehind = true;
            wasHeard = false;
        }
    }
}

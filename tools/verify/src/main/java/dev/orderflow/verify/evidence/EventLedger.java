package dev.orderflow.verify.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All events and what each source knows of them: whose outbox has them, whether they were sent, where they first
 * appeared on their topic, and who has consumed them. Events are numbered from 0 and kept as columns, some 60 bytes
 * each. Not thread-safe.
 */
public final class EventLedger {

    private static final int RECORDED = 1;
    private static final int SENT = 2;
    private static final int ON_TOPIC = 4;
    private static final int READ_BEFORE_OUTBOX = 8;
    private static final int DIFFERS = 16;
    private static final int TAKEN_IN = 32;
    /** One bit for each service. */
    private static final int TAKEN_IN_BY_ALL = TAKEN_IN * ((1 << Service.values().length) - 1);

    private static final int OF_THE_ROUND = RECORDED | SENT | READ_BEFORE_OUTBOX | TAKEN_IN_BY_ALL;

    private final UuidIndex ids = new UuidIndex();
    private final Names names = new Names();
    private int[] topics = new int[1024];
    private int[] types = new int[1024];
    private int[] keys = new int[1024];
    private long[] sequences = new long[1024];
    private short[] partitions = new short[1024];
    private long[] offsets = new long[1024];
    private byte[] recorders = new byte[1024];
    private int[] flags = new int[1024];

    /**
     * Clears the data of the databases, which are about to be read again. The data of topics stays, because topics only
     * grow.
     */
    void beginRound() {
        for (var event = 0; event < size(); event++) {
            var onTopic = (flags[event] & ON_TOPIC) != 0;
            flags[event] = flags[event] & ~OF_THE_ROUND | (onTopic ? READ_BEFORE_OUTBOX : 0);
        }
    }

    void recorded(Service by, UUID id, String topic, String key, String type, long sequence, boolean sent) {
        var event = identify(id, topic, key, type, sequence);
        recorders[event] = (byte) by.ordinal();
        flags[event] |= RECORDED | (sent ? SENT : 0);
    }

    /** Records an appearance on a topic and returns whether it is the event's first, not a redelivery. */
    boolean appeared(UUID id, String topic, String key, String type, long sequence, int partition, long offset) {
        var event = identify(id, topic, key, type, sequence);
        if (isOnTopic(event)) {
            return false;
        }
        partitions[event] = (short) partition;
        offsets[event] = offset;
        flags[event] |= ON_TOPIC;
        return true;
    }

    /** Records that an event was consumed. All its versions are then consumed: each consumer handles one of them. */
    void takenIn(Service by, UUID id) {
        for (var version = 1; version <= EventIdentity.NEWEST_VERSION; version++) {
            var event = ids.find(EventIdentity.of(id, version));
            if (event != UuidIndex.UNKNOWN) {
                flags[event] |= TAKEN_IN << by.ordinal();
            }
        }
    }

    public int size() {
        return ids.size();
    }

    public UUID id(int event) {
        return EventIdentity.of(ids.get(event), EventIdentity.versionOf(type(event)));
    }

    public String topic(int event) {
        return names.get(topics[event]);
    }

    public String type(int event) {
        return names.get(types[event]);
    }

    /** Returns the event's type and id, for display. */
    public String name(int event) {
        return type(event) + " " + id(event);
    }

    /** Returns the aggregate's id. */
    public String key(int event) {
        return names.get(keys[event]);
    }

    public long sequence(int event) {
        return sequences[event];
    }

    /** Returns when the event was published, to the millisecond: the first 48 bits of a UUIDv7. */
    public Instant time(int event) {
        return timeOf(id(event));
    }

    static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /** Returns whether an outbox has the event. */
    public boolean isRecorded(int event) {
        return has(event, RECORDED);
    }

    /** Returns the service whose outbox has the event, if it {@link #isRecorded}. */
    public Service recordedBy(int event) {
        return Service.values()[recorders[event]];
    }

    /** Returns whether the relay has recorded the event as acknowledged by the broker. */
    public boolean isSent(int event) {
        return has(event, SENT);
    }

    public boolean isOnTopic(int event) {
        return has(event, ON_TOPIC);
    }

    /** Returns whether the event was on its topic before the outboxes were read, so that one of them must have had it. */
    public boolean wasOnTopicBefore(int event) {
        return has(event, READ_BEFORE_OUTBOX);
    }

    /** Returns whether outbox and topic have different data of the event. */
    public boolean differs(int event) {
        return has(event, DIFFERS);
    }

    public boolean isTakenIn(int event, Service by) {
        return has(event, TAKEN_IN << by.ordinal());
    }

    /** Returns the partition of the event's first appearance on its topic. */
    public int partition(int event) {
        return partitions[event];
    }

    /** Returns the offset of the event's first appearance on its topic. */
    public long offset(int event) {
        return offsets[event];
    }

    /** Returns a value that changes with any new fact about the event. */
    int state(int event) {
        return flags[event] & ~READ_BEFORE_OUTBOX;
    }

    /** Returns a stable number for {@code key}. */
    int keyNumber(String key) {
        return names.number(key);
    }

    private int identify(UUID id, String topic, String key, String type, long sequence) {
        var known = ids.size();
        var event = ids.add(EventIdentity.of(id, EventIdentity.versionOf(type)));
        if (event == known) {
            ensureCapacity();
            topics[event] = names.number(topic);
            keys[event] = names.number(key);
            types[event] = names.number(type);
            sequences[event] = sequence;
        } else if (!(topic(event).equals(topic)
                && key(event).equals(key)
                && type(event).equals(type)
                && sequence(event) == sequence)) {
            flags[event] |= DIFFERS;
        }
        return event;
    }

    private boolean has(int event, int flag) {
        return (flags[event] & flag) != 0;
    }

    private void ensureCapacity() {
        if (ids.size() > flags.length) {
            var capacity = 2 * flags.length;
            topics = Arrays.copyOf(topics, capacity);
            types = Arrays.copyOf(types, capacity);
            keys = Arrays.copyOf(keys, capacity);
            sequences = Arrays.copyOf(sequences, capacity);
            partitions = Arrays.copyOf(partitions, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            recorders = Arrays.copyOf(recorders, capacity);
            flags = Arrays.copyOf(flags, capacity);
        }
    }

    /** Texts by number, each kept once. */
    private static final class Names {

        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> names = new ArrayList<>();

        private int number(String name) {
            var known = numbers.putIfAbsent(name, names.size());
            if (known == null) {
                names.add(name);
                return names.size() - 1;
            }
            return known;
        }

        private String get(int number) {
            return names.get(number);
        }
    }
}

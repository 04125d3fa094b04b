package dev.orderflow.verify.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows each key's sequence numbers on each topic, and notes where one does not continue with the next. */
public final class StreamOrder {

    private static final int MOST_BREAKS = 100_000;

    private final Map<String, long[]> lastByTopic = new HashMap<>();
    private final List<Break> breaks = new ArrayList<>();
    private long broken;
    private long redeliveries;

    /** A place where a key's events are not 1, 2, 3… */
    public record Break(String topic, String key, long expected, long found) {}

    /**
     * An event's first appearance on its topic.
     *
     * @param beginningGone whether the topic's retention has removed records, so that a key may begin with any number
     */
    void appeared(String topic, String key, int keyNumber, long sequence, boolean beginningGone) {
        var last = lastByTopic.computeIfAbsent(topic, first -> new long[1024]);
        if (keyNumber >= last.length) {
            last = Arrays.copyOf(last, Math.max(2 * last.length, keyNumber + 1));
            lastByTopic.put(topic, last);
        }
        var expected = last[keyNumber] + 1;
        if (sequence != expected && !(beginningGone && expected == 1)) {
            if (breaks.size() < MOST_BREAKS) {
                breaks.add(new Break(topic, key, expected, sequence));
            }
            broken++;
        }
        last[keyNumber] = Math.max(sequence, last[keyNumber]);
    }

    void redelivered() {
        redeliveries++;
    }

    /** The first ones. */
    public List<Break> breaks() {
        return Collections.unmodifiableList(breaks);
    }

    /** How many there are. */
    public long broken() {
        return broken;
    }

    /** How often an event is on its topic again. */
    public long redeliveries() {
        return redeliveries;
    }
}

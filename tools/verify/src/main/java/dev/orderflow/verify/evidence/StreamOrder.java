package dev.orderflow.verify.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Follows each key's sequence numbers on each topic and records breaks in the sequence. */
public final class StreamOrder {

    private static final int MOST_BREAKS = 100_000;

    private final Map<String, long[]> lastByTopic = new HashMap<>();
    private final List<Break> breaks = new ArrayList<>();
    private long broken;
    private long redeliveries;

    /** Break in a key's sequence 1, 2, 3… */
    public record Break(String topic, String key, long expected, long found) {}

    /**
     * Records an event's first appearance on its topic.
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

    /** {@return the first breaks} */
    public List<Break> breaks() {
        return Collections.unmodifiableList(breaks);
    }

    /** {@return the number of breaks} */
    public long broken() {
        return broken;
    }

    /** {@return the number of redelivered records} */
    public long redeliveries() {
        return redeliveries;
    }
}

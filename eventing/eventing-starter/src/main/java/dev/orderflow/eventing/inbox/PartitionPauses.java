package dev.orderflow.eventing.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.TopicPartition;

/** How long a partition rests before its failed event is delivered again. Not thread-safe. */
public class PartitionPauses {

    private static final Duration AFTER_OUTAGE = Duration.ofMillis(500);

    private final Duration shortest;
    private final Duration longest;
    private final Map<TopicPartition, Pause> pauses = new HashMap<>();

    private record Pause(int attempts, long until) {}

    public PartitionPauses(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    /** Doubles with each failure in a row, with up to a fifth of jitter; an outage counts no attempt. */
    Duration failed(TopicPartition partition, boolean outage) {
        var before = pauses.getOrDefault(partition, new Pause(0, 0)).attempts();
        var attempts = outage ? before : before + 1;
        var pause = outage ? AFTER_OUTAGE : jittered(shortest.multipliedBy(1L << Math.min(before, 20)));
        pauses.put(partition, new Pause(attempts, System.nanoTime() + pause.toNanos()));
        return pause;
    }

    void succeeded(TopicPartition partition) {
        pauses.remove(partition);
    }

    void retainAll(Collection<TopicPartition> assigned) {
        pauses.keySet().retainAll(assigned);
    }

    /** The partitions that must not be read now. */
    Set<TopicPartition> resting() {
        var now = System.nanoTime();
        var resting = new HashSet<TopicPartition>();
        pauses.forEach((partition, pause) -> {
            if (pause.until() - now > 0) {
                resting.add(partition);
            }
        });
        return resting;
    }

    private Duration jittered(Duration pause) {
        var bounded = pause.compareTo(longest) < 0 ? pause : longest;
        return bounded.plusMillis(ThreadLocalRandom.current().nextLong(bounded.toMillis() / 5 + 1));
    }
}

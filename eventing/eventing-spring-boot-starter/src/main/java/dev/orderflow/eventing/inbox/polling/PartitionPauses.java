package dev.orderflow.eventing.inbox.polling;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Pauses a partition after an outage before it is read again. Not thread-safe. */
class PartitionPauses {

    static final Duration PAUSE = Duration.ofMillis(500);

    private final Map<TopicPartition, Long> until = new HashMap<>();

    void pause(TopicPartition partition) {
        until.put(partition, System.nanoTime() + PAUSE.toNanos());
    }

    boolean isEmpty() {
        return until.isEmpty();
    }

    /** Returns the partitions of {@code assigned} that must not be read now; forgets all others. */
    Set<TopicPartition> resting(Set<TopicPartition> assigned) {
        var now = System.nanoTime();
        until.entrySet().removeIf(pause -> pause.getValue() - now <= 0 || !assigned.contains(pause.getKey()));
        return Set.copyOf(until.keySet());
    }
}

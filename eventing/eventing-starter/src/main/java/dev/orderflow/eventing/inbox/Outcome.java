package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.Delivery.Stream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What became of a batch: where each partition has to be read again, if anywhere. An event that failed blocks the later ones
 * of its key. Thread-safe while call-outs run.
 */
class Outcome {

    private final Map<Stream, Long> blocked = new HashMap<>();
    private final Map<TopicPartition, Failure> failures = new HashMap<>();

    /**
     * The first event of a partition that has to be delivered again.
     *
     * @param outage whether the event is not to blame: a dependency was away
     */
    record Failure(long offset, String event, Throwable cause, boolean outage) {}

    synchronized void failed(Delivery delivery, Throwable cause, boolean outage) {
        var event = delivery.metadata().type() + " id=" + delivery.metadata().id();
        failed(
                delivery.partition(),
                delivery.offset(),
                delivery.stream(),
                new Failure(delivery.offset(), event, cause, outage));
    }

    synchronized void failed(TopicPartition partition, long offset, Stream stream, Failure failure) {
        blocked.merge(stream, offset, Math::min);
        failures.merge(partition, failure, (one, other) -> one.offset() <= other.offset() ? one : other);
    }

    synchronized void failedAll(Collection<Delivery> deliveries, Throwable cause, boolean outage) {
        deliveries.forEach(delivery -> failed(delivery, cause, outage));
    }

    /** Whether this event, or an earlier one of its key, has failed. */
    synchronized boolean blocks(Delivery delivery) {
        var from = blocked.get(delivery.stream());
        return from != null && from <= delivery.offset();
    }

    synchronized Map<TopicPartition, Failure> failures() {
        return Map.copyOf(failures);
    }
}

package dev.orderflow.eventing.inbox.polling;

import dev.orderflow.eventing.inbox.polling.LaneSource.Lane;
import dev.orderflow.eventing.wire.ReceivedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decides which limit a record may have to wait for. Thread-safe. */
final class Lanes {

    private final List<LaneSource> sources;
    private final Counter lost;

    /** @param sources the first that has a lane for an event decides */
    Lanes(List<LaneSource> sources, MeterRegistry meters) {
        this.sources = List.copyOf(sources);
        this.lost = meters.counter("eventing.inbox.postponed.lost");
    }

    /** Returns the record's lane; null if it may be handled at any time. */
    @Nullable
    Lane laneOf(ConsumerRecord<String, byte[]> message) {
        ReceivedEvent event = null;
        for (var source : sources) {
            if (source.isIdle()) {
                continue;
            }
            try {
                event = event == null ? ReceivedEvent.of(message.headers(), message.value()) : event;
            } catch (RuntimeException e) {
                // The record becomes a dead letter, whatever is wrong with it.
                return null;
            }
            var lane = source.laneOf(event);
            if (lane != null) {
                return lane;
            }
        }
        return null;
    }

    /** Counts that waiting events were lost, because the topic kept them for a shorter time than they waited. */
    void lost() {
        lost.increment();
    }

    /** Checks the configuration before events are consumed. */
    void check() {
        sources.forEach(LaneSource::check);
    }
}

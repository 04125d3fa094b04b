package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.polling.BatchConsumer;
import dev.orderflow.eventing.inbox.polling.BatchConsumer.Position;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Records of a batch that must be consumed again because a dependency was unavailable. Each of them holds back the later events
 * of its stream. Only positions are kept, because a whole batch waits during an outage and need not be decoded in memory.
 */
class BatchOutcome {

    private final Set<Position> waiting = new HashSet<>();
    private final Set<EventStream> blocked = new HashSet<>();
    private Throwable cause = new IllegalStateException("no dependency is unavailable");
    private boolean over;
    private boolean oneIsAlone;

    void away(Collection<? extends DecodedRecord> events, Throwable because) {
        for (var event : events) {
            waiting.add(Position.of(event.message()));
            blocked.add(event.stream());
        }
        cause = because;
    }

    /** Extends {@link #away} to the rest of the batch, because all events need the unavailable dependency. */
    void allAway(Collection<? extends DecodedRecord> events, Throwable because) {
        away(events, because);
        over = true;
    }

    /**
     * Calls {@link #away} for an event that may be the only one with a problem. Returns false and does nothing if this was called
     * before for another event: a second one shows that the outage affects all events, and each further attempt would cost a
     * timeout.
     */
    boolean awayAlone(DecodedRecord event, Throwable because) {
        if (oneIsAlone) {
            return false;
        }
        oneIsAlone = true;
        away(List.of(event), because);
        return true;
    }

    boolean isOver() {
        return over;
    }

    /** Returns the {@code events} that need not wait. From now on, the others wait behind an earlier event of their stream. */
    List<DecodedRecord> admit(List<DecodedRecord> events) {
        var admitted = new ArrayList<DecodedRecord>();
        for (var event : events) {
            if (over || blocked.contains(event.stream())) {
                waiting.add(Position.of(event.message()));
            } else {
                admitted.add(event);
            }
        }
        return admitted;
    }

    /** Marks records as waiting before they were decoded. */
    void postpone(Collection<ConsumerRecord<String, byte[]>> records) {
        records.forEach(message -> waiting.add(Position.of(message)));
    }

    BatchConsumer.Outcome toOutcome() {
        return new BatchConsumer.Outcome(Set.copyOf(waiting), cause);
    }
}

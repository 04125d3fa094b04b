package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What of a batch has to be taken in once more, because something that is needed was away. It holds back the later events of
 * its stream. Only places are kept: during an outage all of a batch waits, which need not be in memory decoded.
 */
class Outcome {

    private final Set<RecordPlace> waiting = new HashSet<>();
    private final Set<EventStream> blocked = new HashSet<>();
    private Throwable cause = new IllegalStateException("nothing is away");
    private boolean over;
    private boolean oneIsAlone;

    void away(Collection<? extends Received> events, Throwable because) {
        for (var event : events) {
            waiting.add(RecordPlace.of(event));
            blocked.add(event.stream());
        }
        cause = because;
    }

    /** As {@link #away}, and no other event of the batch need be tried: all need what is away. */
    void allAway(Collection<? extends Received> events, Throwable because) {
        away(events, because);
        over = true;
    }

    /**
     * As {@link #away} for an event that may be the only one to have a problem. Does nothing and returns false if that was said of
     * one before: a second one tells that what is away concerns all, and each costs a time-out.
     */
    boolean awayAlone(Received event, Throwable because) {
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

    /** Those of {@code events} that need not wait; the others now do, behind an earlier event of their stream. */
    List<Received> admit(List<Received> events) {
        var admitted = new ArrayList<Received>();
        for (var event : events) {
            if (over || blocked.contains(event.stream())) {
                waiting.add(RecordPlace.of(event));
            } else {
                admitted.add(event);
            }
        }
        return admitted;
    }

    /** They have not even been looked at. */
    void postpone(Collection<ConsumerRecord<String, byte[]>> records) {
        records.forEach(message -> waiting.add(RecordPlace.of(message)));
    }

    /** Those that must come once more. */
    Set<RecordPlace> waiting() {
        return Set.copyOf(waiting);
    }

    /** What was away last. */
    Throwable cause() {
        return cause;
    }
}

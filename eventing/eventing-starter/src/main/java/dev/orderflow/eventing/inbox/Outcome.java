package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.EventStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What of a batch has to be taken in once more, because something that is needed was away. It holds back the later events of
 * its stream.
 */
class Outcome {

    private final Set<Received> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<EventStream> blocked = new HashSet<>();
    private Throwable cause = new IllegalStateException("nothing is away");

    void away(Collection<? extends Received> events, Throwable because) {
        for (var event : events) {
            waiting.add(event);
            blocked.add(event.stream());
        }
        cause = because;
    }

    /** Those of {@code events} that need not wait; the others now do, behind an earlier event of their stream. */
    List<Received> admit(List<Received> events) {
        var admitted = new ArrayList<Received>();
        for (var event : events) {
            if (blocked.contains(event.stream())) {
                waiting.add(event);
            } else {
                admitted.add(event);
            }
        }
        return admitted;
    }

    /** Those that must come once more. */
    List<Received> waiting() {
        return List.copyOf(waiting);
    }

    /** What was away last. */
    Throwable cause() {
        return cause;
    }
}

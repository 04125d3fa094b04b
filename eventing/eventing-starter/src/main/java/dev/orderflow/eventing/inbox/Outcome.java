package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.EventStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a batch has to be taken in once more, because something that is needed was away. It holds back the later events of
 * its stream.
 */
class Outcome {

    private final List<Received> waiting = new ArrayList<>();
    private final Set<EventStream> blocked = new HashSet<>();
    private Throwable cause = new IllegalStateException("nothing is away");

    void away(Collection<? extends Received> events, Throwable because) {
        for (var event : events) {
            waiting.add(event);
            blocked.add(event.stream());
        }
        cause = because;
    }

    /** Whether an earlier event of its stream has to be taken in first. */
    boolean blocks(Received event) {
        return blocked.contains(event.stream());
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

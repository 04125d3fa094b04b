package dev.orderflow.eventing.retry;

import java.util.Collection;
import java.util.UUID;

/** The operations on a dead event. Each must be called within a transaction. */
public interface Requeue {

    /**
     * Replays a dead event with its attempts reset. Later events of its key follow when it has taken effect.
     *
     * @param holdsKey whether later events of its key wait for it, according to its dead letter
     * @return false when it is no longer dead; nothing is changed then
     */
    boolean again(SourceRecord source, boolean holdsKey);

    /**
     * Gives up unresolved events for good. Later events of their keys that wait for them continue.
     *
     * @return the number of other events that wait for them
     */
    int giveUp(Collection<UUID> eventIds);
}

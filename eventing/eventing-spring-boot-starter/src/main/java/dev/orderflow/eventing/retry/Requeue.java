package dev.orderflow.eventing.retry;

import java.util.Collection;
import java.util.UUID;

/** What an operator can do with a dead event. Each must be called within a transaction. */
public interface Requeue {

    /**
     * Sends a dead event on its way again, with no attempt counted. Later events of its key follow when it has had its effect.
     *
     * @param holdsKey whether later events of its key wait for it, as its dead letter says
     * @return false when it isn't dead any more: then nothing is done
     */
    boolean again(SourceRecord source, boolean holdsKey);

    /**
     * Gives unresolved events up for good: the later events of their keys that wait for them go on.
     *
     * @return how many others wait for them
     */
    int giveUp(Collection<UUID> eventIds);
}

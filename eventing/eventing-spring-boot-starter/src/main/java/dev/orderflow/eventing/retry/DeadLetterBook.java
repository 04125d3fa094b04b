package dev.orderflow.eventing.retry;

import java.util.Collection;
import java.util.UUID;

/** What is told of events that died. Called within the transaction in which it happens. */
public interface DeadLetterBook {

    /** Events died, some of them perhaps not for the first time. */
    void died(Collection<DeadEvent> events);

    /** Events that had failed have had their effect now; some of them may have been dead before. */
    void tookEffect(Collection<UUID> eventIds);
}

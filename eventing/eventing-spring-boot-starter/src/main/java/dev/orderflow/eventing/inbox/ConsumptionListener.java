package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.KeyQueues.Move;

/**
 * Learns what became of each consumed event, after the commit of the transaction that decided it. Called by the consumer's thread.
 * Exceptions are logged, since the event is consumed. A process that ends after the commit never calls it.
 */
public interface ConsumptionListener {

    /** The event took effect. */
    default void applied(ConsumedRecord event) {}

    /** The event was consumed without effect, because its deadline had passed. */
    default void expired(ConsumedRecord event) {}

    /** The event was consumed before. */
    default void duplicate(ConsumedRecord event) {}

    /** The event could not take effect now. */
    default void moved(Move move) {}
}

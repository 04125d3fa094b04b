package dev.orderflow.eventing.bus;

/**
 * Queue outside the bus, for the events that a slow subscription leaves no slot for. There is one for each lane and priority, made by
 * the supplier given to {@link Subscriber#spillingTo}.
 * <p>
 * A publisher calls {@link #store} while the subscription's thread may be in {@link #next}, so the two must exclude each other. How many
 * events it keeps is the owner's bound.
 */
public interface Spill extends AutoCloseable {

    /**
     * Stores an event behind all stored ones. The publisher waits meanwhile, and so do other publishers of the same lane and priority.
     *
     * @throws Exception when it cannot, so that the publisher waits as for a subscription that blocks
     */
    void store(BusEvent<?> event) throws Exception;

    /**
     * Removes the oldest stored event and writes it to {@code into}. Called as often as {@link #store} has returned.
     *
     * @throws Exception when it cannot, which quarantines the subscription, because the order would be lost
     */
    void next(Draft into) throws Exception;

    /** Releases what the queue needs. It is empty, unless the subscription has been quarantined or abandoned. */
    @Override
    default void close() {}
}

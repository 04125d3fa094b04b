package dev.orderflow.eventing.bus;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Description of a subscription: what it receives, and what happens when its listener is slow or fails.
 *
 * @param <E> type of the events' values
 */
public final class Subscriber<E> {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    final String name;
    final Class<E> type;
    final @Nullable Predicate<? super BusEvent<E>> filter;
    final boolean synchronous;
    final Duration timeout;
    final int failuresInRow;
    final Overflow overflow;

    private Subscriber(
            String name,
            Class<E> type,
            @Nullable Predicate<? super BusEvent<E>> filter,
            boolean synchronous,
            Duration timeout,
            int failuresInRow,
            Overflow overflow) {
        this.name = name;
        this.type = type;
        this.filter = filter;
        this.synchronous = synchronous;
        this.timeout = timeout;
        this.failuresInRow = failuresInRow;
        this.overflow = overflow;
    }

    /** Behaviour while no slot is free. */
    sealed interface Overflow {

        /** Publishers wait. */
        record Block() implements Overflow {}

        /** The oldest waiting event is dropped. */
        record DropOldest() implements Overflow {}

        /** The oldest waiting event is stored elsewhere. */
        record ToSpill(Supplier<? extends Spill> queues) implements Overflow {}
    }

    /**
     * Creates a subscriber that lets publishers wait when it is slow, with a time-out of 30 seconds.
     *
     * @param name unique among the registered ones
     * @param type class or interface of the values, such as a sealed interface of events; {@code Object} receives events without a
     *             value, too
     */
    public static <E> Subscriber<E> of(String name, Class<E> type) {
        return new Subscriber<>(name, type, null, false, DEFAULT_TIMEOUT, 0, new Overflow.Block());
    }

    /** Returns a subscriber for those events only that match; the filter must be quick and keep no event. */
    public Subscriber<E> matching(Predicate<? super BusEvent<E>> condition) {
        return new Subscriber<>(name, type, condition, synchronous, timeout, failuresInRow, overflow);
    }

    /** Returns a subscriber for which {@link EventBus#publish} waits until its listener has handled the event, or has failed. */
    public Subscriber<E> synchronous() {
        return new Subscriber<>(name, type, filter, true, timeout, failuresInRow, overflow);
    }

    /**
     * Returns a subscriber with another time-out. A call that takes longer is interrupted, and fails; one that does not return within
     * the same time again ends the subscription, so that others of its lane continue.
     */
    public Subscriber<E> timeout(Duration time) {
        BusSettings.require(BusSettings.isPositive(time), "the time-out must be more than 0 and at most 1 day");
        return new Subscriber<>(name, type, filter, synchronous, time, failuresInRow, overflow);
    }

    /** Returns a subscriber that ends after so many failures in a row, whatever their lane; 0, the default, for never. */
    public Subscriber<E> quarantineAfter(int failures) {
        BusSettings.require(failures >= 0, "the number of failures must not be negative");
        return new Subscriber<>(name, type, filter, synchronous, timeout, failures, overflow);
    }

    /** Returns a subscriber whose oldest waiting event is dropped and counted when there is no free slot. */
    public Subscriber<E> droppingOldest() {
        return new Subscriber<>(name, type, filter, synchronous, timeout, failuresInRow, new Overflow.DropOldest());
    }

    /**
     * Returns a subscriber whose oldest waiting event is stored elsewhere when there is no free slot, and read back in order.
     *
     * @param queues makes an empty queue for each lane and priority
     */
    public Subscriber<E> spillingTo(Supplier<? extends Spill> queues) {
        return new Subscriber<>(name, type, filter, synchronous, timeout, failuresInRow, new Overflow.ToSpill(queues));
    }
}

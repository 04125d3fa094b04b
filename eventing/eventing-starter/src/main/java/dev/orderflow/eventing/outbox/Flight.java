package dev.orderflow.eventing.outbox;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the broker, and the position that is reached when they and all before them have arrived. The
 * relay's thread sends, the producer's counts what the broker has acknowledged.
 */
final class Flight {

    private final @Nullable Position reached;
    private final Set<Integer> buckets;
    private final int size;
    private final AtomicInteger inTheAir;

    private Flight(@Nullable Position reached, Collection<Integer> buckets, int size) {
        this.reached = reached;
        this.buckets = Set.copyOf(buckets);
        this.size = size;
        this.inTheAir = new AtomicInteger(size);
    }

    /** With these, no position is reached yet. */
    static Flight of(int events) {
        return new Flight(null, Set.of(), events);
    }

    /** Everything up to {@code position} has been handed to the producer before. */
    static Flight reaching(Position position, Collection<Integer> buckets) {
        return new Flight(position, buckets, 0);
    }

    @Nullable
    Position reached() {
        return reached;
    }

    /** Those that have come to {@link #reached}. */
    Set<Integer> buckets() {
        return buckets;
    }

    /** How many events. */
    int size() {
        return size;
    }

    /** The broker has acknowledged one. */
    void acknowledged() {
        inTheAir.decrementAndGet();
    }

    boolean hasLanded() {
        return inTheAir.get() == 0;
    }
}

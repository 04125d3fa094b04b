package dev.orderflow.notification.mail;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks up keys for many callers at once: while one lookup is under way, all further callers wait, and then share the next one.
 * A caller that is alone does not wait. Each gets an answer from after it has asked. Thread-safe.
 */
class CombinedLookup<K> {

    private final UnaryOperator<Set<K>> lookup;
    private final Lock asking = new ReentrantLock();
    private Round<K> next = new Round<>();

    /** @param lookup returns those of the given keys that exist */
    CombinedLookup(UnaryOperator<Set<K>> lookup) {
        this.lookup = lookup;
    }

    /** Returns whether {@code key} exists. Throws what the lookup throws. */
    boolean contains(K key) {
        var mine = join(key);
        asking.lock();
        try {
            // Whoever had the lock before may have been in the same round, and has asked for all who are.
            if (!mine.isOver()) {
                close(mine).ask(lookup);
            }
        } finally {
            asking.unlock();
        }
        return mine.answer(key);
    }

    private synchronized Round<K> join(K key) {
        next.keys.add(key);
        return next;
    }

    /** Ends a round; callers that come from now on are in another one. */
    private synchronized Round<K> close(Round<K> round) {
        next = new Round<>();
        return round;
    }

    /** The callers that share a lookup. What it found is only touched by holders of the lock, or after it is over. */
    private static final class Round<K> {

        private final Set<K> keys = new HashSet<>();
        private volatile @Nullable Set<K> found;
        private volatile @Nullable RuntimeException failure;

        private void ask(UnaryOperator<Set<K>> lookup) {
            try {
                found = lookup.apply(keys);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private boolean isOver() {
            return found != null || failure != null;
        }

        private boolean answer(K key) {
            var existing = found;
            if (existing == null) {
                throw failure == null ? new IllegalStateException("nobody has asked") : failure;
            }
            return existing.contains(key);
        }
    }
}

package dev.orderflow.notification.mail;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Combines the lookups of concurrent callers: while one lookup runs, further callers wait and then share the next one.
 * A single caller does not wait. Each answer is read after its caller has asked. Thread-safe.
 */
class CombinedLookup<K> {

    private final UnaryOperator<Set<K>> lookup;
    private final Lock asking = new ReentrantLock();
    private Round<K> next = new Round<>();

    /** @param lookup returns the given keys that exist */
    CombinedLookup(UnaryOperator<Set<K>> lookup) {
        this.lookup = lookup;
    }

    /** Returns whether {@code key} exists. Throws the exceptions of the lookup. */
    boolean contains(K key) {
        var mine = join(key);
        asking.lock();
        try {
            // The previous holder of the lock may have been in the same round, and has then looked up all its keys.
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

    /** Ends a round; later callers start another one. */
    private synchronized Round<K> close(Round<K> round) {
        next = new Round<>();
        return round;
    }

    /**
     * The callers that share a lookup. Only holders of the lock access its results, or any thread after the round has
     * ended.
     */
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
                throw failure == null ? new IllegalStateException("the round has no lookup") : failure;
            }
            return existing.contains(key);
        }
    }
}

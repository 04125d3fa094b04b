package dev.orderflow.edge.connection;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue that serves its keys in turn, and the elements of one key in their order. The first element of a key waits for
 * one element of each other key at most, however many those have. Not thread-safe.
 *
 * @param <K> what has a turn, such as a client
 * @param <T> what waits
 */
public final class RoundRobin<K, T> {

    /** The key whose turn is next comes first. */
    private final LinkedHashMap<K, Deque<T>> waiting = new LinkedHashMap<>();

    private int size;

    /** Adds an element behind those of its key. */
    public void add(K key, T element) {
        waiting.computeIfAbsent(key, added -> new ArrayDeque<>()).add(element);
        size++;
    }

    /** Adds an element before those of its key. */
    public void addFirst(K key, T element) {
        waiting.computeIfAbsent(key, added -> new ArrayDeque<>()).addFirst(element);
        size++;
    }

    /** Removes the element whose turn is next, and returns it; null if there is none. */
    public @Nullable T next() {
        var entry = waiting.pollFirstEntry();
        if (entry == null) {
            return null;
        }
        var element = entry.getValue().remove();
        size--;
        if (!entry.getValue().isEmpty()) {
            waiting.put(entry.getKey(), entry.getValue());
        }
        return element;
    }

    /** Removes an element; the turns of the others stay the same. */
    public void remove(K key, T element) {
        var elements = waiting.get(key);
        if (elements != null && elements.remove(element)) {
            size--;
            if (elements.isEmpty()) {
                waiting.remove(key);
            }
        }
    }

    /**
     * Returns the last element of the matching key that has most elements. Returns none if it has no more than
     * {@code key} would have with another one.
     */
    public Optional<Map.Entry<K, T>> lastOfLongest(K key, Predicate<K> matching) {
        var own = waiting.containsKey(key) ? waiting.get(key).size() : 0;
        return waiting.entrySet().stream()
                .filter(entry ->
                        matching.test(entry.getKey()) && entry.getValue().size() > own + 1)
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().getLast()));
    }

    public int size() {
        return size;
    }
}

package dev.orderflow.order.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Does together what comes at about the same time, as databases do with commits: what comes while nothing is being done is
 * done at once and alone; what comes meanwhile is a group by the time that is finished. So groups grow with the load by
 * themselves, and nothing waits for a group to become full.
 * <p>
 * There are no threads but those of the callers: each adds its item, waits for a turn, and does whatever waits then, be it its
 * own or not. There are as many turns as items and each takes at least one if any waits, so none is forgotten. Whether an
 * item's own work is finished, its owner has to learn from that item. Thread-safe.
 */
final class GroupCommit<T> {

    private final ToIntFunction<T> weight;
    private final int enough;
    private final Consumer<List<T>> work;
    private final Semaphore turns;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param atOnce groups that are worked on at the same time, 1 or more
     * @param weight of an item
     * @param enough a group of this weight takes no more items
     * @param work   is never called with an empty list; what it throws reaches only one of the callers
     */
    GroupCommit(int atOnce, ToIntFunction<T> weight, int enough, Consumer<List<T>> work) {
        this.weight = weight;
        this.enough = enough;
        this.work = work;
        this.turns = new Semaphore(atOnce);
    }

    /** Returns when this thread has had its turn. By then the item is done, or another thread is doing it. */
    void add(T item) {
        waiting.add(item);
        turns.acquireUninterruptibly();
        try {
            var group = next();
            if (!group.isEmpty()) {
                work.accept(group);
            }
        } finally {
            turns.release();
        }
    }

    /** How many items wait for a turn. */
    int waiting() {
        return waiting.size();
    }

    private List<T> next() {
        var group = new ArrayList<T>();
        var heavy = 0;
        for (var item = waiting.poll(); item != null; item = heavy < enough ? waiting.poll() : null) {
            group.add(item);
            heavy += weight.applyAsInt(item);
        }
        return group;
    }
}

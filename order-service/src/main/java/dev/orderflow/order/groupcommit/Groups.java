package dev.orderflow.order.groupcommit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Forms groups of items that arrive at about the same time, like the group commit of databases. An item that arrives
 * while no work is in progress is worked on at once and alone. Items that arrive meanwhile form a group until that work
 * is finished. Groups grow with the load, and no item waits for a group to become full.
 * <p>
 * All work runs on the callers' threads. One caller of a group leads: it does the work for the whole group, lets the
 * others return, and then makes the caller that has waited longest lead the next group, or frees its slot. A caller
 * never works on a group that does not contain its own item. Thread-safe.
 */
final class Groups<T> {

    private final int atOnce;
    private final ToIntFunction<T> weight;
    private final int enough;
    private final Supplier<Duration> patience;
    private final Consumer<List<T>> work;

    private final Queue<Waiting<T>> waiting = new ArrayDeque<>();
    private int working;

    /**
     * @param atOnce   maximum number of concurrent groups, 1 or more
     * @param weight   of an item
     * @param enough   weight at which a group takes no more items
     * @param patience longest time that an item waits for the work of other groups; called by the item's thread
     * @param work     never called with an empty list; its exceptions reach the leader only
     */
    Groups(int atOnce, ToIntFunction<T> weight, int enough, Supplier<Duration> patience, Consumer<List<T>> work) {
        this.atOnce = atOnce;
        this.weight = weight;
        this.enough = enough;
        this.patience = patience;
        this.work = work;
    }

    /** @param turn the group to lead, or an empty one when the item is done */
    private record Waiting<T>(T item, CompletableFuture<List<Waiting<T>>> turn) {}

    /**
     * Returns when the item has been worked on, by this thread or another.
     *
     * @throws TimeoutException if the work did not begin in time; it never will
     */
    void add(T item) throws TimeoutException, InterruptedException {
        var mine = new Waiting<T>(item, new CompletableFuture<>());
        if (begins(mine)) {
            lead(List.of(mine));
            return;
        }
        try {
            lead(mine.turn().get(patience.get().toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw new IllegalStateException("turns do not fail", e);
        } catch (TimeoutException e) {
            if (isWithdrawn(mine)) {
                throw e;
            }
            lead(mine.turn().join());
        } catch (InterruptedException e) {
            if (isWithdrawn(mine)) {
                throw e;
            }
            // Interruptions take effect only here, because the work for the other callers must not be interrupted.
            lead(mine.turn().join());
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the number of items that wait for the work of other groups. */
    synchronized int waiting() {
        return waiting.size();
    }

    private void lead(List<Waiting<T>> group) {
        if (group.isEmpty()) {
            return; // Another has led.
        }
        try {
            work.accept(group.stream().map(Waiting::item).toList());
        } finally {
            group.forEach(each -> each.turn().complete(List.of()));
            passOn();
        }
    }

    /**
     * Takes a slot or joins the queue. No item waits while a slot is free, because slots are handed over to waiting
     * items.
     */
    private synchronized boolean begins(Waiting<T> mine) {
        if (working < atOnce) {
            working++;
            return true;
        }
        waiting.add(mine);
        return false;
    }

    private synchronized boolean isWithdrawn(Waiting<T> mine) {
        return waiting.remove(mine);
    }

    private synchronized void passOn() {
        if (waiting.isEmpty()) {
            working--;
            return;
        }
        var group = new ArrayList<Waiting<T>>();
        for (var heavy = 0; heavy < enough && !waiting.isEmpty(); ) {
            var next = waiting.remove();
            group.add(next);
            heavy += weight.applyAsInt(next.item());
        }
        group.getFirst().turn().complete(group);
    }
}

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
import java.util.function.ToIntFunction;

/**
 * Forms groups of items that come at about the same time, as databases do with commits. An item that comes while nothing
 * is in progress is worked on at once and alone; items that come meanwhile are a group by the time that work is finished.
 * Groups grow with the load by themselves, and nothing waits for a group to become full.
 * <p>
 * There are no threads but those of the callers. One of a group leads: it does the work for all of them, lets the others
 * return, and then makes the one that has waited longest lead the next group, or leaves its place free. Nobody works on a
 * group that its own item is not in. Thread-safe.
 */
final class Groups<T> {

    private final int atOnce;
    private final ToIntFunction<T> weight;
    private final int enough;
    private final Duration patience;
    private final Consumer<List<T>> work;

    private final Queue<Waiting<T>> waiting = new ArrayDeque<>();
    private int working;

    /**
     * @param atOnce   groups that are worked on at the same time, 1 or more
     * @param weight   of an item
     * @param enough   a group of this weight takes no more items
     * @param patience how long an item waits for others' work to end, at most
     * @param work     never called with an empty list; what it throws reaches the leader only
     */
    Groups(int atOnce, ToIntFunction<T> weight, int enough, Duration patience, Consumer<List<T>> work) {
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
     * @throws TimeoutException if that did not even begin in time; then it never will
     */
    void add(T item) throws TimeoutException, InterruptedException {
        var mine = new Waiting<T>(item, new CompletableFuture<>());
        if (begins(mine)) {
            lead(List.of(mine));
            return;
        }
        try {
            lead(mine.turn().get(patience.toNanos(), TimeUnit.NANOSECONDS));
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
            // Not before: the others' work must not be interrupted.
            lead(mine.turn().join());
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how many items wait for others' work to end. */
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
     * Takes a place or joins the queue. Nobody waits while a place is free, since places are passed on to those who
     * wait.
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

package dev.orderflow.order.waiting;

import dev.orderflow.edge.problem.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Bounds the requests that wait for orders, in total and per client. Thread-safe. */
final class WaitingPlaces {

    private final Semaphore free;
    private final int perClient;
    private final Runnable refused;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param refused called for each refused request */
    WaitingPlaces(int all, int perClient, Runnable refused) {
        this.free = new Semaphore(all);
        this.perClient = perClient;
        this.refused = refused;
    }

    /** @throws Refusal if no more requests of {@code client} may wait */
    void enter(String client) {
        if (!free.tryAcquire()) {
            throw refusal("Too many requests wait for orders. Ask again without await, or later.");
        }
        if (taken.merge(client, 1, Integer::sum) > perClient) {
            leave(client);
            throw refusal("Too many of your requests wait for orders. Ask again without await, or later.");
        }
    }

    /** Ends a wait. Call it exactly once for each {@link #enter}. */
    void leave(String client) {
        taken.computeIfPresent(client, (name, number) -> number == 1 ? null : number - 1);
        free.release();
    }

    /** Returns the number of waiting requests. */
    int taken() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Refusal refusal(String detail) {
        refused.run();
        return Refusal.overloaded(detail);
    }
}

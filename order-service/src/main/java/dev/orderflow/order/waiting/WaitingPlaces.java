package dev.orderflow.order.waiting;

import dev.orderflow.edge.problem.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Bounds how many requests wait for orders, and how many of those are one client's. Thread-safe. */
final class WaitingPlaces {

    private final Semaphore free;
    private final int perClient;
    private final Runnable refused;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param refused is called for each request that has no place */
    WaitingPlaces(int all, int perClient, Runnable refused) {
        this.free = new Semaphore(all);
        this.perClient = perClient;
        this.refused = refused;
    }

    /** @throws Refusal if there is no place for {@code client} */
    void enter(String client) {
        if (!free.tryAcquire()) {
            throw refusal("Too many requests wait for orders. Ask again without await, or later.");
        }
        if (taken.merge(client, 1, Integer::sum) > perClient) {
            leave(client);
            throw refusal("Too many of your requests wait for orders. Ask again without await, or later.");
        }
    }

    /** Frees a place; to be called once for each time that a client entered. */
    void leave(String client) {
        taken.computeIfPresent(client, (name, number) -> number == 1 ? null : number - 1);
        free.release();
    }

    /** Returns how many requests wait. */
    int taken() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Refusal refusal(String detail) {
        refused.run();
        return Refusal.overloaded(detail);
    }
}

package dev.orderflow.order.waiting;

import dev.orderflow.edge.problem.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.ObjIntConsumer;

/** Bounds the requests that wait for orders, in total, per client and per tenant. Thread-safe. */
final class WaitingPlaces {

    private final Semaphore free;
    private final int perClient;
    private final ObjIntConsumer<String> tenantLimit;
    private final Runnable refused;
    private final Map<String, Integer> ofClients = new ConcurrentHashMap<>();
    private final Map<String, Integer> ofTenants = new ConcurrentHashMap<>();

    /**
     * @param tenantLimit refuses a tenant with this number of waiting requests if that are too many
     * @param refused     called for each refused request
     */
    WaitingPlaces(int all, int perClient, ObjIntConsumer<String> tenantLimit, Runnable refused) {
        this.free = new Semaphore(all);
        this.perClient = perClient;
        this.tenantLimit = tenantLimit;
        this.refused = refused;
    }

    /** @throws Refusal if no more requests of {@code client}, or of all clients of {@code tenant}, may wait */
    void enter(String client, String tenant) {
        if (!free.tryAcquire()) {
            refused.run();
            throw Refusal.overloaded("Too many requests wait for orders. Ask again without await, or later.");
        }
        var clients = ofClients.merge(client, 1, Integer::sum);
        var tenants = ofTenants.merge(tenant, 1, Integer::sum);
        try {
            requireRoom(clients);
            tenantLimit.accept(tenant, tenants);
        } catch (Refusal refusal) {
            leave(client, tenant);
            refused.run();
            throw refusal;
        }
    }

    private void requireRoom(int clients) {
        if (clients > perClient) {
            throw Refusal.overloaded("Too many of your requests wait for orders. Ask again without await, or later.");
        }
    }

    /** Ends a wait. Call it exactly once for each {@link #enter}. */
    void leave(String client, String tenant) {
        decrement(ofClients, client);
        decrement(ofTenants, tenant);
        free.release();
    }

    private static void decrement(Map<String, Integer> numbers, String name) {
        numbers.computeIfPresent(name, (key, number) -> number == 1 ? null : number - 1);
    }

    /** Returns the number of waiting requests. */
    int taken() {
        return ofClients.values().stream().mapToInt(Integer::intValue).sum();
    }
}

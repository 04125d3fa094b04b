package dev.orderflow.order.admission;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Orders in flight by tenants: those of the last count, and those that this instance has admitted since. Thread-safe. */
final class TenantOrders {

    private final Map<String, Integer> admitted = new ConcurrentHashMap<>();
    private volatile Map<String, Integer> counted = Map.of();

    /** Adds an order of the tenant, and returns how many it has in flight then. */
    int add(String tenant) {
        return counted.getOrDefault(tenant, 0) + admitted.merge(tenant, 1, Integer::sum);
    }

    /** Replaces what is known by a new count. */
    void observe(Map<String, Integer> inFlight) {
        counted = Map.copyOf(inFlight);
        admitted.clear();
    }
}

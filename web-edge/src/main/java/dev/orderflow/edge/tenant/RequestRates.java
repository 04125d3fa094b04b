package dev.orderflow.edge.tenant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The rates of a bounded number of tenants. When there are more, one that is idle is forgotten; tenants for which none is
 * share a rate. Thread-safe.
 */
final class RequestRates {

    private final int most;
    private final ToIntFunction<String> perSecond;
    private final LongSupplier nanoTime;

    /** Rates by tenants; the one used longest ago is the first. */
    private final Map<String, RequestRate> rates = new LinkedHashMap<>(16, 0.75f, true);

    private final RequestRate rest;

    /**
     * @param most          tenants in memory
     * @param perSecond     requests per second of a tenant
     * @param restPerSecond requests per second of those that share a rate
     */
    RequestRates(int most, ToIntFunction<String> perSecond, int restPerSecond, LongSupplier nanoTime) {
        this.most = most;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.rest = new RequestRate(restPerSecond, nanoTime.getAsLong());
    }

    /** Returns whether one more request of the tenant is within its rate, and counts it then. */
    synchronized boolean acquire(String tenant) {
        var now = nanoTime.getAsLong();
        return rate(tenant, now).acquire(now);
    }

    private RequestRate rate(String tenant, long now) {
        var known = rates.get(tenant);
        if (known != null) {
            return known;
        }
        if (!hasRoom(now)) {
            return rest;
        }
        var added = new RequestRate(perSecond.applyAsInt(tenant), now);
        rates.put(tenant, added);
        return added;
    }

    private boolean hasRoom(long now) {
        if (rates.size() < most) {
            return true;
        }
        var eldest = rates.values().iterator();
        if (!eldest.next().isIdle(now)) {
            return false;
        }
        eldest.remove();
        return true;
    }

    synchronized int size() {
        return rates.size();
    }
}

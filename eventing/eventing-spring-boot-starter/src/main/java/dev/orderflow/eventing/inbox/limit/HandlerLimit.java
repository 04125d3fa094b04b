package dev.orderflow.eventing.inbox.limit;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The limiters of one handler, one per tenant. A tenant's name is foreign text, so their number is bounded: the one that was idle
 * longest makes room, if it has been idle for so long that it would be full again. If all are in use, further tenants share one.
 */
final class HandlerLimit {

    /** Longest name that gets a limiter of its own. */
    private static final int LONGEST_TENANT = 200;

    private final String handler;
    private final RateLimiterConfig config;
    private final int most;
    private final LongSupplier nanoTime;
    private final long idle;
    private final Map<String, Used> byTenant = new LinkedHashMap<>(16, 0.75f, true);
    private final RateLimiter rest;

    private static final class Used {

        private final RateLimiter limiter;
        private long at;

        private Used(RateLimiter limiter) {
            this.limiter = limiter;
        }
    }

    /** @param most tenants with a limiter of their own */
    HandlerLimit(String handler, int events, Duration period, int most, LongSupplier nanoTime) {
        this.handler = handler;
        this.config = RateLimiterConfig.custom()
                .limitForPeriod(events)
                .limitRefreshPeriod(period)
                .timeoutDuration(Duration.ZERO)
                .build();
        this.most = most;
        this.nanoTime = nanoTime;
        this.idle = period.multipliedBy(2).toNanos();
        this.rest = limiter();
    }

    String handler() {
        return handler;
    }

    /** Returns whether an event of the tenant may be handled, and counts it. */
    boolean acquire(String tenant) {
        return limiter(tenant).acquirePermission();
    }

    /** Returns whether {@link #acquire} would succeed. */
    boolean isReady(String tenant) {
        return limiter(tenant).getMetrics().getAvailablePermissions() > 0;
    }

    private RateLimiter limiter() {
        return new AtomicRateLimiter(handler, config, nanoTime::getAsLong);
    }

    private synchronized RateLimiter limiter(String tenant) {
        var now = nanoTime.getAsLong();
        var used = byTenant.get(tenant);
        if (used == null) {
            if (tenant.length() > LONGEST_TENANT || !hasRoom(now)) {
                return rest;
            }
            used = new Used(limiter());
            byTenant.put(tenant, used);
        }
        used.at = now;
        return used.limiter;
    }

    private boolean hasRoom(long now) {
        if (byTenant.size() < most) {
            return true;
        }
        var eldest = byTenant.entrySet().iterator();
        if (now - eldest.next().getValue().at <= idle) {
            return false;
        }
        eldest.remove();
        return true;
    }
}

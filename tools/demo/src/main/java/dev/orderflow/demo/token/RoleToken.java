package dev.orderflow.demo.token;

import dev.orderflow.demo.token.Issuer.Grant;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Current token of one role.
 * <p>
 * It is renewed when a third of its lifetime is left. At most one caller asks the issuer; until its answer, others go on
 * with the token they have, or wait for the answer if they have none. A renewal that fails leaves the token as it is as
 * long as it is valid, so that an issuer may be away for a third of a lifetime. Time is monotonic: a changed wall clock
 * makes no token look valid.
 */
final class RoleToken {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /** Time between two renewals that fail, and age below which a refused token is not replaced. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Longest time of a request on its way, in which its token must not expire. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Supplier<Grant> issuer;
    private final LongSupplier nanoTime;

    private @Nullable Held held;
    private @Nullable CompletableFuture<Held> renewal;
    private long nextRenewal;

    RoleToken(Supplier<Grant> issuer, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.nanoTime = nanoTime;
    }

    /**
     * Token with its times in nanoseconds.
     *
     * @param until when it is used for the last time
     */
    private record Held(String token, long since, long until) {}

    /** @throws IssuerAwayException if there is no valid token in time */
    String get() {
        final CompletableFuture<Held> pending;
        final Held usable;
        var mine = false;
        synchronized (this) {
            usable = usable();
            if (usable != null && nanoTime.getAsLong() - nextRenewal < 0) {
                return usable.token();
            }
            if (renewal == null) {
                renewal = new CompletableFuture<>();
                mine = true;
            }
            pending = renewal;
        }
        if (mine) {
            renew(pending);
        } else if (usable != null) {
            return usable.token();
        }
        return result(pending, usable);
    }

    /** Drops {@code token} unless it is new; returns whether the current one is another. */
    synchronized boolean refuse(String token) {
        if (held != null && held.token().equals(token)) {
            if (nanoTime.getAsLong() - held.since() < PAUSE.toNanos()) {
                return false;
            }
            held = null;
        }
        return true;
    }

    private @Nullable Held usable() {
        return held != null && nanoTime.getAsLong() - held.until() < 0 ? held : null;
    }

    /** Asks the issuer without holding the lock. */
    private void renew(CompletableFuture<Held> pending) {
        var begin = nanoTime.getAsLong();
        try {
            var grant = issuer.get();
            var lifetime = grant.lifetime();
            var margin = lifetime.compareTo(MARGIN.multipliedBy(3)) > 0 ? MARGIN : Duration.ZERO;
            var renewed = new Held(
                    grant.token(), begin, begin + lifetime.minus(margin).toNanos());
            settle(renewed, begin + lifetime.toNanos() / 3 * 2);
            pending.complete(renewed);
        } catch (RuntimeException | Error e) {
            settle(null, nanoTime.getAsLong() + PAUSE.toNanos());
            pending.completeExceptionally(e);
        }
    }

    private synchronized void settle(@Nullable Held renewed, long next) {
        held = renewed == null ? held : renewed;
        nextRenewal = next;
        renewal = null;
    }

    private static String result(CompletableFuture<Held> pending, @Nullable Held usable) {
        try {
            return pending.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS).token();
        } catch (ExecutionException e) {
            if (usable != null) {
                return usable.token();
            }
            throw new IssuerAwayException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IssuerAwayException("no access token in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IssuerAwayException("interrupted while waiting for an access token", e);
        }
    }
}

package dev.orderflow.edge.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The issuer's public keys, fetched when the first token needs them.
 * <p>
 * A known key verifies its tokens however long the issuer is away: an old key set is fetched again behind the requests,
 * and kept if that fails. An unknown key is looked up at once, because issuers change their keys, but only a few times in
 * a row and then every {@link #INTERVAL}: otherwise tokens with invented keys would make this service a flood on the
 * issuer. Nimbus' own sources limit the rate in front of what tolerates outages, so that such tokens could make those with
 * known keys fail while the issuer is away.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    /** Fetches that may follow each other at once, for a service that starts just before its issuer changes the key. */
    static final int BURST = 3;

    /** Time after which one more fetch is allowed. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final Fetch fetch;
    private final long age;
    private final Duration patience;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Known known;
    private boolean reachable = true;
    private int allowed = BURST;
    private long allowedSince;

    /** Reads the key set from the issuer, in bounded time. */
    interface Fetch {
        JWKSet keys() throws IOException, ParseException;
    }

    /**
     * @param age      time after which a key set is fetched again
     * @param patience longest wait of a request for the fetch of another one
     */
    IssuerKeys(Fetch fetch, Duration age, Duration patience, LongSupplier nanos) {
        this.fetch = fetch;
        this.age = age.toNanos();
        this.patience = patience;
        this.nanos = nanos;
        this.allowedSince = nanos.getAsLong();
    }

    private record Known(JWKSet keys, long since) {}

    /** @throws KeySourceException if the keys cannot be known, because the issuer is away */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var current = known;
        if (current == null) {
            return selector.select(lookUp(null));
        }
        var found = selector.select(current.keys());
        if (found.isEmpty()) {
            return selector.select(lookUp(current));
        }
        if (nanos.getAsLong() - current.since() > age && !lock.isLocked()) {
            Thread.ofVirtual().name("issuer-keys").start(() -> renew(current));
        }
        return found;
    }

    /** Returns newer keys than {@code seen}, or the same if they are as new as is allowed to know. */
    private JWKSet lookUp(@Nullable Known seen) throws KeySourceException {
        if (!lockInTime()) {
            throw unavailable(null);
        }
        try {
            var newest = known;
            if (newest != null && newest != seen) {
                return newest.keys();
            }
            if (isAllowed()) {
                return fetch().keys();
            }
            if (newest == null || !reachable) {
                throw unavailable(null);
            }
            return newest.keys();
        } catch (IOException | ParseException | RuntimeException e) {
            throw unavailable(e);
        } finally {
            lock.unlock();
        }
    }

    /** Fetches the keys while requests go on with the old ones. */
    private void renew(Known seen) {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (known == seen && isAllowed()) {
                fetch();
            }
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.debug("keys=kept cause=\"{}\"", e.toString());
        } finally {
            lock.unlock();
        }
    }

    private Known fetch() throws IOException, ParseException {
        try {
            var fresh = new Known(fetch.keys(), nanos.getAsLong());
            known = fresh;
            LOG.atLevel(reachable ? Level.DEBUG : Level.INFO)
                    .log("issuer=reachable keys={}", fresh.keys().size());
            reachable = true;
            return fresh;
        } catch (IOException | ParseException | RuntimeException e) {
            if (reachable) {
                LOG.warn("issuer=unreachable known={} cause=\"{}\"", known != null, e.toString());
            }
            reachable = false;
            throw e;
        }
    }

    /** Takes one of the fetches that are allowed now. */
    private boolean isAllowed() {
        var now = nanos.getAsLong();
        var more = (now - allowedSince) / INTERVAL.toNanos();
        if (more > 0) {
            allowed = (int) Math.min(BURST, allowed + more);
            allowedSince += more * INTERVAL.toNanos();
        }
        if (allowed == 0) {
            return false;
        }
        allowed--;
        return true;
    }

    private boolean lockInTime() {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static KeySourceException unavailable(@Nullable Exception cause) {
        return new KeySourceException("the issuer's keys cannot be fetched", cause);
    }
}

package dev.orderflow.eventing.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** An active fault. Not thread-safe: guarded by {@link InjectedFaults}. */
final class HandlerFault {

    /** Maximum number of keys that a limited fault counts. Further keys are not hit. */
    static final int MOST_KEYS = 10_000;

    private final UUID id = UUID.randomUUID();
    private final HandlerFaultRequest wanted;
    private final Map<String, Integer> failures = new HashMap<>();

    HandlerFault(HandlerFaultRequest wanted) {
        this.wanted = wanted;
    }

    UUID id() {
        return id;
    }

    boolean isForAllKeys() {
        return wanted.isForAllKeys();
    }

    boolean hits(String handler, String key) {
        return (wanted.handler() == null || wanted.handler().equals(handler)) && hits(key) && isLeftFor(key);
    }

    /** Counts a failure of {@code key} and returns its exception. */
    RuntimeException failure(String handler, String key) {
        if (wanted.times() != null) {
            failures.merge(key, 1, Integer::sum);
        }
        var message = "fault " + id + " makes " + handler + " fail";
        return wanted.isPermanent() ? new InjectedPermanentFault(message) : new InjectedTransientFault(message);
    }

    /** Returns whether it will never hit again. */
    boolean isOver() {
        return !isForAllKeys() && !isLeftFor(wanted.key());
    }

    private boolean hits(String key) {
        var share = wanted.share();
        return share == null ? wanted.key().equals(key) : isWithin(share, key);
    }

    /**
     * Returns whether the key belongs to the share. CRC-32C spreads keys evenly over 32 bits. A share therefore always hits the same
     * keys, and a larger share includes the keys of a smaller one.
     */
    private static boolean isWithin(BigDecimal share, String key) {
        var hash = new CRC32C();
        hash.update(key.getBytes(UTF_8));
        return hash.getValue() < share.doubleValue() * (1L << 32);
    }

    private boolean isLeftFor(String key) {
        if (wanted.times() == null) {
            return true;
        }
        var failed = failures.get(key);
        return failed == null ? failures.size() < MOST_KEYS : failed < wanted.times();
    }

    Item toItem() {
        var exception = wanted.isPermanent() ? "PERMANENT" : "TRANSIENT";
        return new Item(id, "HANDLER", wanted.handler(), wanted.key(), wanted.share(), remaining(), exception);
    }

    private @Nullable Integer remaining() {
        var times = wanted.times();
        if (times == null || isForAllKeys()) {
            return times;
        }
        return times - failures.getOrDefault(wanted.key(), 0);
    }

    /**
     * A fault as it is listed.
     *
     * @param remaining how often it will still hit its key, or how often it hits each key of its share; null: without limit
     */
    record Item(
            UUID id,
            String kind,

            @Nullable @JsonInclude(JsonInclude.Include.NON_NULL)
            String handler,

            String key,

            @Nullable @JsonInclude(JsonInclude.Include.NON_NULL)
            BigDecimal share,

            @Nullable Integer remaining,
            String exception) {}
}

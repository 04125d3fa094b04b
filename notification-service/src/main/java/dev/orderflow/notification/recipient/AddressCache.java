package dev.orderflow.notification.recipient;

import dev.orderflow.eventing.PersonalData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The addresses that were found last, each for a limited time. Thread-safe. */
class AddressCache {

    /** Longest address that is kept; RFC 5321 allows 254 characters. */
    private static final int LONGEST = 254;

    private final Clock clock;
    private final Duration time;
    private final int size;
    /** The oldest entry is first. */
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

    AddressCache(Clock clock, Duration time, int size) {
        this.clock = clock;
        this.time = time;
        this.size = size;
    }

    /** @param address empty if the customer was erased */
    private record Entry(
            @PersonalData(value = "recipient of e-mails", kept = "a minute, in memory", erased = "forgotten")
            Optional<String> address,

            Instant end) {}

    /** The outcome of a look-up. */
    sealed interface Known {

        /** Nothing is known: order-service has to be asked. */
        record Nothing() implements Known {}

        /** @param address empty if the customer was erased */
        record Address(Optional<String> address) implements Known {}
    }

    synchronized Known get(String reference) {
        var entry = entries.get(reference);
        return entry == null || isExpired(entry, clock.instant())
                ? new Known.Nothing()
                : new Known.Address(entry.address());
    }

    /**
     * Remembers an address. One of a customer who was erased while order-service was asked is not remembered, and not
     * returned either.
     */
    synchronized Optional<String> put(String reference, String address) {
        if (get(reference) instanceof Known.Address(var known) && known.isEmpty()) {
            return known;
        }
        if (address.length() <= LONGEST) {
            store(reference, Optional.of(address));
        }
        return Optional.of(address);
    }

    /** Forgets an erased customer's address, and remembers that there is none. */
    synchronized void erase(String reference) {
        store(reference, Optional.empty());
    }

    /** Removes the entries whose time has passed, and returns how many. */
    synchronized int dropExpired() {
        var now = clock.instant();
        var before = entries.size();
        for (var first = entries.firstEntry();
                first != null && isExpired(first.getValue(), now);
                first = entries.firstEntry()) {
            entries.pollFirstEntry();
        }
        return before - entries.size();
    }

    private static boolean isExpired(Entry entry, Instant now) {
        return !now.isBefore(entry.end());
    }

    private void store(String reference, Optional<String> address) {
        entries.remove(reference);
        if (size == 0) {
            return;
        }
        if (entries.size() == size) {
            entries.pollFirstEntry();
        }
        entries.put(reference, new Entry(address, clock.instant().plus(time)));
    }
}

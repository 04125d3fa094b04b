package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The deduplication keys of events that arrive for the first time. The first event of a key is handled, and answers for all others
 * within the window, whatever becomes of it: also while it is retried, if it expires meanwhile, and as a dead letter. Two kinds of
 * events do not take their key, since another one has to take effect: an event that has expired before its first attempt, and an
 * event that cannot be decoded, which its publisher repairs by publishing it again.
 */
final class DedupKeys {

    private static final DedupKeys NONE = new DedupKeys(Map.of());

    private final Map<UUID, UUID> byEvent;

    private DedupKeys(Map<UUID, UUID> byEvent) {
        this.byEvent = byEvent;
    }

    static DedupKeys of(Collection<? extends DecodedRecord> events, HandlerCalls calls) {
        var byEvent = new HashMap<UUID, UUID>();
        for (var event : events) {
            if (event instanceof Delivery delivery && delivery.metadata().dedupKey() != null && delivery.isFirst()) {
                var key = ReceivedEvent.dedupIdOf(delivery.metadata());
                if (key != null && !calls.isExpired(delivery)) {
                    byEvent.put(delivery.id(), key);
                }
            }
        }
        return byEvent.isEmpty() ? NONE : new DedupKeys(byEvent);
    }

    /** Returns the ids of the keys, by event id. */
    Map<UUID, UUID> byEvent() {
        return byEvent;
    }

    /**
     * Returns a predicate of the events without a key and those that are the first of their key. Each event must be tested once, in
     * the order of the batch.
     *
     * @param free tells whether no earlier event has the key
     */
    Predicate<DecodedRecord> first(Predicate<UUID> free) {
        if (byEvent.isEmpty()) {
            return event -> true;
        }
        Set<UUID> taken = new HashSet<>();
        return event -> {
            var key = byEvent.get(event.id());
            return key == null || free.test(key) && taken.add(key);
        };
    }
}

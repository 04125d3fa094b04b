package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.DatabaseOutage;
import dev.orderflow.eventing.inbox.handler.HandlerMethod;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Events during whose handling the database reached a limit, such as a timeout or a deadlock. That is usually an outage, and the
 * event is consumed again. But a handler that always exceeds the limit with one event must not stop its partition forever. The
 * event is blamed after {@value #LEAST_FAILURES} failures, when they have continued
 * <ul>
 *   <li>for a minute while the same handler succeeded with other events, or
 *   <li>for ten minutes otherwise, as a table may be locked that the handler always needs.
 * </ul> A blamed event is diverted only if the database commits the transaction that diverts it. It is then retried like an event
 * that failed for any other reason. The state is lost when the process ends. Not thread-safe.
 */
class Suspects {

    static final int LEAST_FAILURES = 3;
    static final Duration WHILE_OTHERS_SUCCEED = Duration.ofMinutes(1);
    static final Duration WITHOUT_SUCCESS = Duration.ofMinutes(10);

    /** Longest pause between two failures that count together. */
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private static final int MOST = 1_000;

    private final LongSupplier nanoTime;
    private final Map<HandlerMethod, Long> successes = new HashMap<>();
    private final Map<UUID, Suspect> suspects = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Suspect> eldest) {
            return size() > MOST;
        }
    };

    private record Suspect(long since, long last, int failures) {

        private Suspect failedAgain(long now) {
            return new Suspect(since, now, failures + 1);
        }
    }

    Suspects(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Records a failure of {@code delivery}. Returns whether the event is to blame; a blamed event remains blamed until it
     * succeeds.
     */
    boolean isToBlame(Delivery delivery, Throwable failure) {
        if (!DatabaseOutage.isPerhapsTheEvent(failure)) {
            return false;
        }
        var now = nanoTime.getAsLong();
        var suspect = suspects.compute(
                delivery.id(),
                (id, known) -> known == null || now - known.last() > REMEMBERED.toNanos()
                        ? new Suspect(now, now, 1)
                        : known.failedAgain(now));
        return suspect.failures() >= LEAST_FAILURES && hasLasted(suspect, delivery.handler(), now);
    }

    /** Records successes. Has no cost while no event is suspected. */
    void succeeded(Iterable<Delivery> deliveries) {
        if (suspects.isEmpty()) {
            successes.clear();
            return;
        }
        var now = nanoTime.getAsLong();
        for (var delivery : deliveries) {
            suspects.remove(delivery.id());
            successes.put(delivery.handler(), now);
        }
    }

    private boolean hasLasted(Suspect suspect, HandlerMethod handler, long now) {
        var success = successes.get(handler);
        var enough = success != null && success - suspect.since() > 0 ? WHILE_OTHERS_SUCCEED : WITHOUT_SUCCESS;
        return now - suspect.since() >= enough.toNanos();
    }
}

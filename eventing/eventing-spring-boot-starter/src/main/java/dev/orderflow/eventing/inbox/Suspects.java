package dev.orderflow.eventing.inbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Events in whose handling the database ran into a limit, such as a time-out or a deadlock. That is an outage as a rule, and the
 * event comes once more. But a handler that always exceeds the limit with one event must not stop its partition for ever: the
 * event is to blame after {@value #LEAST_FAILURES} failures, when they have gone on
 * <ul>
 *   <li>for a minute while the same handler succeeded with others, or
 *   <li>for ten minutes otherwise, as a table may be locked that the handler always needs.
 * </ul>
 * A blamed event is only diverted if the database carries out the transaction that does so; it is tried again like one that failed for
 * any other reason. Forgets everything when the process ends. Not thread-safe.
 */
class Suspects {

    static final int LEAST_FAILURES = 3;
    static final Duration WHILE_OTHERS_SUCCEED = Duration.ofMinutes(1);
    static final Duration WITHOUT_SUCCESS = Duration.ofMinutes(10);

    /** After a longer pause an event is suspected anew. */
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

    /** Notes a failure of {@code delivery}. Returns whether the event is to blame for it; it stays so until it succeeds. */
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

    /** Costs nothing while nobody is suspected. */
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

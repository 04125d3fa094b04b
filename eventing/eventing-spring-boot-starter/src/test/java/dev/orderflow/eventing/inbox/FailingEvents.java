package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.NotRetryable;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Failures of events: the number of times, and at which of two points in the handler. Thread-safe. */
class FailingEvents {

    private final Map<UUID, Integer> failures = new ConcurrentHashMap<>();

    @NotRetryable
    static class Permanent extends RuntimeException {}

    /** Lets an event fail from once to often enough to become a dead letter, or permanently. */
    void add(UUID event, Random random) {
        failures.put(event, random.nextInt(4) == 0 ? -1 : 1 + random.nextInt(8));
    }

    void repair() {
        failures.clear();
    }

    void handled(UUID event) {
        var left = failures.getOrDefault(event, 0);
        if (left < 0) {
            throw new Permanent();
        }
        if (left > 0 && failures.computeIfPresent(event, (id, count) -> count - 1) != null && left % 2 == 0) {
            throw new IllegalStateException(left + " failures left");
        }
    }
}

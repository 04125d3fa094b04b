package dev.orderflow.eventing.routes;

import java.util.concurrent.atomic.AtomicLong;

/** Counters of one route since the start of this instance. Thread-safe. */
final class RouteCounts {

    /** Outcome of an event at a route. */
    enum Outcome {
        SKIPPED,
        PUBLISHED,
        FAILED
    }

    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    void add(Outcome outcome) {
        counter(outcome).incrementAndGet();
    }

    long of(Outcome outcome) {
        return counter(outcome).get();
    }

    private AtomicLong counter(Outcome outcome) {
        return switch (outcome) {
            case SKIPPED -> skipped;
            case PUBLISHED -> published;
            case FAILED -> failed;
        };
    }
}

package dev.orderflow.bench.relay;

import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.eventing.DomainEvent;
import java.util.stream.LongStream;

/**
 * Events in an outbox that can be sent repeatedly: the relay's position before they were written is saved.
 *
 * @param database of the service whose outbox it is
 * @param events number of events
 */
record Backlog(OutboxDatabase database, Payload payload, long events) {

    /** Number of events per key. An order's events are far apart, as when many orders are in progress. */
    static final int EVENTS_PER_KEY = 4;

    private static final int EVENTS_PER_TRANSACTION = 1_000;

    /** Has {@code service} write the backlog; its relay must never have run. */
    void write(PublishingService service) {
        database.execute("CREATE TABLE saved_bucket AS SELECT * FROM outbox_bucket");
        for (var from = 0L; from < events; from += EVENTS_PER_TRANSACTION) {
            service.publish(LongStream.range(from, Math.min(from + EVENTS_PER_TRANSACTION, events))
                    .mapToObj(this::event)
                    .toList());
        }
        // Autovacuum would otherwise do this during a measurement.
        database.execute("VACUUM (ANALYZE) outbox");
    }

    /** Makes everything unsent. No relay may be running. */
    void rewind() {
        database.execute("TRUNCATE outbox_bucket");
        database.execute("INSERT INTO outbox_bucket SELECT * FROM saved_bucket");
    }

    long keys() {
        return Math.ceilDiv(events, EVENTS_PER_KEY);
    }

    private DomainEvent event(long number) {
        return payload.event(number % keys(), number);
    }
}

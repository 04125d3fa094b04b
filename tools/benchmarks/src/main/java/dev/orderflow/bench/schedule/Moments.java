package dev.orderflow.bench.schedule;

import dev.orderflow.bench.BrokenPromiseException;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.eventing.PublicationTime;
import dev.orderflow.events.order.OrderPlaced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A service that publishes many events at one moment. */
final class Moments implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EVENTS_OF_A_TRANSACTION = 500;

    /** Copies of an event that is due in a year, a millisecond apart. */
    private static final String COPY = """
            INSERT INTO scheduled_event (due, family, key, event_id, time, topics, types, headers, payloads, bytes)
            SELECT due + n * interval '1 millisecond', family, 'pending-' || n, gen_random_uuid(), time,
                   topics, types, headers, payloads, bytes
            FROM scheduled_event, generate_series(1, ?) n
            """;

    private final PublishingService service;

    Moments(Map<String, String> properties) {
        service = PublishingService.start(properties);
        service.startRelay();
        service.startSchedule();
    }

    void addPending(int events) {
        if (events > 0) {
            service.schedule(orders(1), PublicationTime.after(Duration.ofDays(365)));
            service.jdbc().sql(COPY).param(events - 1).update();
            service.jdbc().sql("VACUUM ANALYZE scheduled_event").update();
        }
    }

    /** Returns the time from the first publication until all events are acknowledged. */
    double publishMillis(int events) {
        var before = service.acknowledged();
        var all = orders(events);
        var begin = System.nanoTime();
        transactions(all).forEach(service::publish);
        awaitAcknowledged(before + events);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Returns the time from the events' moment until all are acknowledged. */
    double scheduleMillis(int events) {
        var before = service.acknowledged();
        // Long enough that all are scheduled before.
        var moment = Instant.now().plusMillis(2_000 + events / 2);
        transactions(orders(events)).forEach(some -> service.schedule(some, PublicationTime.at(moment)));
        if (!Instant.now().isBefore(moment)) {
            throw new BrokenPromiseException("Scheduling the events took longer than until their moment.");
        }
        awaitAcknowledged(before + events);
        return Duration.between(moment, Instant.now()).toNanos() / 1e6;
    }

    private void awaitAcknowledged(long events) {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> service.acknowledged() >= events);
        } catch (ConditionTimeoutException e) {
            throw new BrokenPromiseException(
                    "After " + PATIENCE.toMinutes() + " minutes not all events were acknowledged.", e);
        }
    }

    private static List<OrderPlaced> orders(int events) {
        return IntStream.range(0, events)
                .mapToObj(number -> Orders.placed(UUID.randomUUID(), number))
                .toList();
    }

    private static List<List<OrderPlaced>> transactions(List<OrderPlaced> events) {
        return IntStream.iterate(0, from -> from < events.size(), from -> from + EVENTS_OF_A_TRANSACTION)
                .mapToObj(from -> events.subList(from, Math.min(from + EVENTS_OF_A_TRANSACTION, events.size())))
                .toList();
    }

    @Override
    public void close() {
        service.close();
    }
}

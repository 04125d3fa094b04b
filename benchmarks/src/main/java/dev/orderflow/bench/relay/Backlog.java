package dev.orderflow.bench.relay;

import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.eventing.DomainEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Events in an outbox that can be sent again and again: how far the relay had come before they were written is kept aside.
 *
 * @param properties of the service whose outbox it is
 * @param events     how many
 */
record Backlog(Map<String, String> properties, Payload payload, long events) {

    /** An order's events are far apart, as they are when many orders are under way. */
    static final int EVENTS_PER_KEY = 4;

    private static final int EVENTS_PER_TRANSACTION = 1_000;

    /** Written by {@code service}, whose relay must never have run. */
    static Backlog write(PublishingService service, Map<String, String> properties, Payload payload, long events) {
        var backlog = new Backlog(properties, payload, events);
        backlog.execute("CREATE TABLE saved_bucket AS SELECT * FROM outbox_bucket");
        for (var from = 0L; from < events; from += EVENTS_PER_TRANSACTION) {
            service.publish(LongStream.range(from, Math.min(from + EVENTS_PER_TRANSACTION, events))
                    .mapToObj(backlog::event)
                    .toList());
        }
        // Otherwise the server would do it while something is measured.
        backlog.execute("VACUUM (ANALYZE) outbox");
        return backlog;
    }

    /** As if nothing had been sent yet. No relay may be running. */
    void rewind() {
        execute("TRUNCATE outbox_bucket");
        execute("INSERT INTO outbox_bucket SELECT * FROM saved_bucket");
    }

    long keys() {
        return Math.ceilDiv(events, EVENTS_PER_KEY);
    }

    private DomainEvent event(long number) {
        return payload.event(number % keys(), number);
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        properties.get("spring.datasource.url"),
                        properties.get("spring.datasource.username"),
                        properties.get("spring.datasource.password"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }
}

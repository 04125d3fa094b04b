package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.eventing.schema.EventingTables;
import dev.orderflow.eventing.schema.PersistenceContext;
import dev.orderflow.eventing.wire.EventJson;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.function.IntConsumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes to an outbox that no relay reads, for tests of other packages. */
public record Publishing(EventPublisher events, RecordForwarder forwarder) {

    public static Publishing to(JdbcTemplate jdbc) {
        return to(jdbc, Clock.systemUTC(), PersistenceContext.NONE, buckets -> {});
    }

    public static Publishing to(JdbcTemplate jdbc, Clock clock) {
        return to(jdbc, clock, PersistenceContext.NONE, buckets -> {});
    }

    /** Creates a publisher that flushes the current persistence context first. */
    public static Publishing to(JdbcTemplate jdbc, EntityManagerFactory entityManagers) {
        return to(jdbc, Clock.systemUTC(), EventingTables.persistenceContext(entityManagers), buckets -> {});
    }

    /** @param wakeRelay called after the commit, with the bit mask of the buckets that were written to */
    public static Publishing to(JdbcTemplate jdbc, IntConsumer wakeRelay) {
        return to(jdbc, Clock.systemUTC(), PersistenceContext.NONE, wakeRelay);
    }

    private static Publishing to(JdbcTemplate jdbc, Clock clock, PersistenceContext entities, IntConsumer wakeRelay) {
        var publisher = new TransactionalEventPublisher(
                new Outbox(jdbc), new EventJson(), "test", clock, 100_000, entities, wakeRelay);
        return new Publishing(publisher, publisher);
    }
}

package dev.orderflow.eventing.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers which events a consumer has already taken in, so that a redelivered one has no second effect.
 * <p>
 * {@link #firstSeen} must be called inside the transaction that also holds the events' effects, or that takes them out of the
 * way: remembered and taken care of are the same commit. Calling it in a transaction of its own turns "exactly once" into "at most once".
 */
public class Inbox {

    /**
     * Served by the primary key (consumer, event_id); one round trip for a whole batch. In a fixed order, so that two
     * instances which got the same events after a rebalance wait for each other instead of deadlocking.
     */
    private static final String REMEMBER = """
            INSERT INTO inbox (consumer, event_id)
            SELECT :consumer, id FROM unnest(:ids::uuid[]) AS id ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING event_id
            """;

    /** Served by the primary key (consumer, event_id). */
    private static final String REMEMBERED = """
            SELECT event_id FROM inbox WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])
            """;

    private final JdbcClient jdbc;
    private final String consumer;

    public Inbox(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    /** Returns those of {@code events} that are seen for the first time. */
    Set<UUID> firstSeen(Collection<UUID> events) {
        return query(REMEMBER, events);
    }

    /** Those of {@code events} that need not be called out for again. No promise for events that another instance has now. */
    Set<UUID> remembered(Collection<UUID> events) {
        return query(REMEMBERED, events);
    }

    private Set<UUID> query(String sql, Collection<UUID> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql(sql)
                .param("consumer", consumer)
                .param("ids", events.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }
}

package dev.orderflow.eventing.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers which events a consumer has already taken in, so that a redelivered one has no second effect.
 * <p>
 * {@link #firstSeen} must be called inside the transaction that also holds the events' effects: remembered and effective are
 * the same commit. Calling it in a transaction of its own turns "exactly once" into "at most once".
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

    /** Returns those of {@code deliveries} whose event is seen for the first time, in their given order. */
    List<Delivery> firstSeen(List<Delivery> deliveries) {
        var fresh = query(REMEMBER, deliveries);
        return deliveries.stream()
                .filter(delivery -> fresh.remove(delivery.metadata().id()))
                .toList();
    }

    /** The ids of events that need not be called out for again. No promise for events that another instance has now. */
    Set<UUID> remembered(Collection<Delivery> deliveries) {
        return query(REMEMBERED, deliveries);
    }

    private Set<UUID> query(String sql, Collection<Delivery> deliveries) {
        var ids = deliveries.stream().map(delivery -> delivery.metadata().id()).toArray(UUID[]::new);
        return new HashSet<>(jdbc.sql(sql)
                .param("consumer", consumer)
                .param("ids", ids)
                .query(UUID.class)
                .list());
    }
}

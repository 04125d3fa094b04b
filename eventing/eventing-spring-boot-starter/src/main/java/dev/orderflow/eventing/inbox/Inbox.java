package dev.orderflow.eventing.inbox;

import java.time.Duration;
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
     * Served by the primary key (consumer, event_id); one round trip for a whole batch, which also has the database end the
     * transaction when it hears nothing from the handlers for long: nobody else could take its rows and locks from a handler that
     * is stuck. In a fixed order, so that two
     * instances which got the same events after a rebalance wait for each other instead of deadlocking.
     */
    private static final String REMEMBER = """
            INSERT INTO eventing.inbox (consumer, event_id)
            SELECT :consumer, id
            FROM unnest(:ids::uuid[]) AS id
            WHERE (SELECT set_config('idle_in_transaction_session_timeout', :idle, true)) IS NOT NULL
            ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING event_id
            """;

    private static final String LIMIT_SILENCE = "SELECT set_config('idle_in_transaction_session_timeout', :idle, true)";

    /** Served by the primary key (consumer, event_id). */
    private static final String REMEMBERED = """
            SELECT event_id FROM eventing.inbox WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])
            """;

    private final JdbcClient jdbc;
    private final String consumer;
    private final String longestSilence;

    /** @param longestSilence after which the database ends a transaction that has begun with {@link #firstSeen} */
    public Inbox(JdbcClient jdbc, String consumer, Duration longestSilence) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.longestSilence = Long.toString(longestSilence.toMillis());
    }

    /** Returns those of {@code events} that are seen for the first time. */
    Set<UUID> firstSeen(Collection<UUID> events) {
        if (events.isEmpty()) {
            jdbc.sql(LIMIT_SILENCE)
                    .param("idle", longestSilence)
                    .query(String.class)
                    .single();
            return Set.of();
        }
        return found(jdbc.sql(REMEMBER).param("idle", longestSilence), events);
    }

    /** Those of {@code events} that need not be called out for again. No promise for events that another instance has now. */
    Set<UUID> remembered(Collection<UUID> events) {
        return events.isEmpty() ? Set.of() : found(jdbc.sql(REMEMBERED), events);
    }

    private Set<UUID> found(JdbcClient.StatementSpec statement, Collection<UUID> events) {
        return new HashSet<>(statement
                .param("consumer", consumer)
                .param("ids", events.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }
}

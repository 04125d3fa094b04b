package dev.orderflow.eventing.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records which events a consumer has consumed, so that a redelivered event has no second effect.
 * <p>
 * {@link #firstSeen} must be called inside the transaction that also contains the events' effects or diverts them, so that both
 * are committed together. Calling it in a transaction of its own turns "exactly once" into "at most once".
 */
public class Inbox {

    /**
     * Served by the primary key (consumer, event_id). One round trip serves a whole batch and sets the idle limit of the
     * transaction: only the database can take the rows and locks from a handler that is stuck. The order is fixed, so that two
     * instances that got the same events after a rebalance wait for each other instead of deadlocking.
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

    /** @param longestSilence idle time after which the database ends a transaction that began with {@link #firstSeen} */
    public Inbox(JdbcClient jdbc, String consumer, Duration longestSilence) {
        this.jdbc = jdbc;
        this.consumer = consumer;
        this.longestSilence = Long.toString(longestSilence.toMillis());
    }

    /** Records {@code events} and returns those that are new. */
    public Set<UUID> firstSeen(Collection<UUID> events) {
        if (events.isEmpty()) {
            jdbc.sql(LIMIT_SILENCE)
                    .param("idle", longestSilence)
                    .query(String.class)
                    .single();
            return Set.of();
        }
        return found(jdbc.sql(REMEMBER).param("idle", longestSilence), events);
    }

    /**
     * Returns the {@code events} that are recorded already, so that they need not call out again. Events that another instance
     * handles at the same time may be missing.
     */
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

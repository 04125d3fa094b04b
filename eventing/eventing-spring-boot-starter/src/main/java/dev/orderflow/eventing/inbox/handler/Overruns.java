package dev.orderflow.eventing.inbox.handler;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Table of a consumer's events whose handling could not be ended. It is nearly always empty. */
class Overruns {

    /** Served by the primary key. */
    private static final String ALL = "SELECT event_id FROM eventing.inbox_overrun WHERE consumer = :consumer";

    /** Served by the primary key. */
    private static final String CONTAINS =
            "SELECT EXISTS (SELECT FROM eventing.inbox_overrun WHERE consumer = :consumer AND event_id = :id)";

    private static final String ADD = """
            INSERT INTO eventing.inbox_overrun (consumer, event_id, handler) VALUES (:consumer, :id, :handler)
            ON CONFLICT DO NOTHING
            """;

    /** Served by the primary key. */
    private static final String REMOVE =
            "DELETE FROM eventing.inbox_overrun WHERE consumer = :consumer AND event_id = ANY (:ids::uuid[])";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final String consumer;

    /** @param transaction of {@code jdbc}'s database; required since the pool's connections may not have auto-commit */
    Overruns(JdbcClient jdbc, TransactionOperations transaction, String consumer) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.consumer = consumer;
    }

    Set<UUID> all() {
        return new HashSet<>(
                jdbc.sql(ALL).param("consumer", consumer).query(UUID.class).list());
    }

    boolean contains(UUID event) {
        return jdbc.sql(CONTAINS)
                .param("consumer", consumer)
                .param("id", event)
                .query(Boolean.class)
                .single();
    }

    void add(UUID event, String handler) {
        transaction.executeWithoutResult(status -> jdbc.sql(ADD)
                .param("consumer", consumer)
                .param("id", event)
                .param("handler", handler)
                .update());
    }

    /** Removes entries, in the current transaction if there is one. */
    void remove(Collection<UUID> events) {
        transaction.executeWithoutResult(status -> jdbc.sql(REMOVE)
                .param("consumer", consumer)
                .param("ids", events.toArray(UUID[]::new))
                .update());
    }
}

package dev.orderflow.eventing.deadletter;

import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.retry.SourceRecord;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes key_hold as the retries would, and records each call in a table, so that a rollback also removes the record. */
public class RecordingRequeue implements Requeue {

    private final JdbcClient jdbc;
    private final String consumer;

    public RecordingRequeue(JdbcClient jdbc, String consumer) {
        this.jdbc = jdbc;
        this.consumer = consumer;
    }

    public static void createTable(JdbcClient jdbc) {
        jdbc.sql("""
                CREATE TABLE requeued (
                    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    consumer text NOT NULL,
                    event_id uuid NOT NULL)
                """).update();
    }

    @Override
    public boolean again(SourceRecord source, boolean holdsKey) {
        if (holdsKey && !isRevived(source.id())) {
            return false;
        }
        jdbc.sql("INSERT INTO requeued (consumer, event_id) VALUES (?, ?)")
                .params(consumer, source.id())
                .update();
        return true;
    }

    @Override
    public int giveUp(Collection<UUID> eventIds) {
        return eventIds.stream().mapToInt(this::giveUp).sum();
    }

    private int giveUp(UUID eventId) {
        var released =
                jdbc.sql("""
                        UPDATE key_hold later SET state = 'HELD'
                        FROM key_hold own
                        WHERE own.consumer = :consumer AND own.event_id = :id
                          AND later.consumer = own.consumer AND later.topic = own.topic AND later.key = own.key
                          AND later.position > own.position
                        """).param("consumer", consumer).param("id", eventId).update();
        jdbc.sql("DELETE FROM key_hold WHERE consumer = ? AND event_id = ?")
                .params(consumer, eventId)
                .update();
        return released;
    }

    /** Returns the ids of the events in the order in which they were sent. */
    public List<UUID> sent() {
        return jdbc.sql("SELECT event_id FROM requeued WHERE consumer = ? ORDER BY id")
                .param(consumer)
                .query(UUID.class)
                .list();
    }

    private boolean isRevived(UUID eventId) {
        return jdbc.sql("""
                        UPDATE key_hold SET state = 'RETRYING', hop = hop + 1
                        WHERE consumer = ? AND event_id = ? AND state = 'DEAD'
                        """).params(consumer, eventId).update() > 0;
    }
}

package dev.orderflow.eventing.outbox;

import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.core.JdbcOperations;

/** The events of this application that its relay has sent. Thread-safe. */
public final class SentEvents {

    private final JdbcOperations jdbc;
    private final String source;

    SentEvents(JdbcOperations jdbc, String source) {
        this.jdbc = jdbc;
        this.source = source;
    }

    /** The record of an event as it was sent; empty if there is none, or if it was not sent yet. */
    public Optional<ProducerRecord<String, byte[]>> find(UUID eventId) {
        return new OutboxReader(jdbc, source).findSent(eventId);
    }
}

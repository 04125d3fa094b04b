package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.schema.EventingDatabase;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The events of this application that its relay has sent. Thread-safe. */
public final class SentEvents {

    private final EventingDatabase database;
    private final String source;
    private final SchemaHeaders schemas;

    SentEvents(EventingDatabase database, String source, SchemaHeaders schemas) {
        this.database = database;
        this.source = source;
        this.schemas = schemas;
    }

    /** Returns the record of an event as it was sent; empty if the event does not exist or was not sent yet. */
    public Optional<ProducerRecord<String, byte[]>> find(UUID eventId) {
        return new OutboxReader(database.template(), source, database.schema(), schemas).findSent(eventId);
    }
}

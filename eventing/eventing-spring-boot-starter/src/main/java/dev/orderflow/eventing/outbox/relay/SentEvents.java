package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.outbox.relay.RelayAutoConfiguration.SentHeaders;
import dev.orderflow.eventing.schema.EventingDatabase;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The events of this application that its relay has sent. Thread-safe. */
public final class SentEvents {

    private final EventingDatabase database;
    private final SentHeaders headers;

    SentEvents(EventingDatabase database, SentHeaders headers) {
        this.database = database;
        this.headers = headers;
    }

    /** Returns the record of an event as it was sent, signed again; empty if the event does not exist or was not sent yet. */
    public Optional<ProducerRecord<String, byte[]>> find(UUID eventId) {
        return new OutboxReader(
                        database.template(),
                        headers.source(),
                        database.schema(),
                        headers.schemas(),
                        headers.signatures())
                .findSent(eventId);
    }
}

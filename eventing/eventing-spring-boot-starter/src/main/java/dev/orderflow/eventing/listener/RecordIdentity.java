package dev.orderflow.eventing.listener;

import dev.orderflow.eventing.inbox.Inbox;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The id under which the inbox stores a record of any producer. */
final class RecordIdentity {

    private RecordIdentity() {}

    /**
     * Returns the id that an {@code @EventHandler} of the same group stores for the event. A record without an id is identified by
     * its topic, partition and offset.
     */
    static UUID of(ConsumerRecord<?, ?> message) {
        var id = CloudEventHeaders.identityOf(message.headers());
        return id == null ? Inbox.idOf(message) : id;
    }
}

package dev.orderflow.eventing.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.inbox.Inbox;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The id under which the inbox stores a record of any producer. */
final class RecordIdentity {

    private RecordIdentity() {}

    /**
     * Returns the CloudEvents id if it is a UUID, so that an {@code @EventHandler} of the same group stores the same id.
     * CloudEvents allows any text that is unique within its source: a hash of source and id replaces such an id. A record without
     * an id is identified by its topic, partition and offset.
     */
    static UUID of(ConsumerRecord<?, ?> message) {
        var id = text(message.headers(), "ce_id");
        if (id == null || id.isEmpty()) {
            return Inbox.idOf(message);
        }
        var uuid = uuid(id);
        return uuid != null ? uuid : hash(text(message.headers(), "ce_source"), id);
    }

    /** Null for other text, and for the short forms that {@link UUID#fromString} accepts: several of them are the same UUID. */
    private static @Nullable UUID uuid(String id) {
        try {
            var uuid = UUID.fromString(id);
            return uuid.toString().equals(id.toLowerCase(Locale.ROOT)) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static UUID hash(@Nullable String source, String id) {
        return UUID.nameUUIDFromBytes((source + "\n" + id).getBytes(UTF_8));
    }

    private static @Nullable String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}

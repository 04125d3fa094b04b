package dev.orderflow.eventing.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ids under which the inbox remembers events of any publisher. */
final class EventIdentity {

    /** The version of UUIDs that contain the time of their generation, which this starter's publishers use. */
    private static final int TIME_ORDERED = 7;

    private EventIdentity() {}

    /**
     * Returns the published id if it is a UUIDv7. CloudEvents allows any text that is unique within its source: a hash of source and
     * id replaces such an id. That includes other UUIDs, since two sources may both publish the id of the same thing, such as an
     * order, as that of their event.
     */
    static UUID of(@Nullable String source, String id) {
        var uuid = uuid(id);
        if (uuid != null && uuid.version() == TIME_ORDERED) {
            return uuid;
        }
        var unique = uuid == null ? id : uuid.toString();
        return UUID.nameUUIDFromBytes((source + "\n" + unique).getBytes(UTF_8));
    }

    /** Returns the id of a deduplication key. The lengths keep the parts apart, whatever they contain. */
    static UUID ofDedupKey(String source, String type, String key) {
        var name = "dedup\n" + source.length() + "\n" + source + type.length() + "\n" + type + key;
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** Null for other text, and for the short forms that {@link UUID#fromString} accepts: several of them are the same UUID. */
    private static @Nullable UUID uuid(String id) {
        if (id.length() != 36) {
            return null;
        }
        try {
            var uuid = UUID.fromString(id);
            return uuid.toString().equals(id.toLowerCase(Locale.ROOT)) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

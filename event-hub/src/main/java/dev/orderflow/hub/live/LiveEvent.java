package dev.orderflow.hub.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.hub.query.EventView;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event in the form in which streams contain it.
 *
 * @param position number in the order of storing
 * @param bytes    a server-sent event; all clients share it
 */
record LiveEvent(long position, byte[] bytes) {

    static LiveEvent of(EventView event, JsonMapper json) {
        var text = String.format(
                Locale.ROOT, "id: %d\nevent: event\ndata: %s\n\n", event.position(), json.writeValueAsString(event));
        return new LiveEvent(event.position(), text.getBytes(UTF_8));
    }

    /**
     * Returns the beginning of the live part of a stream: a client that connects again after a second resumes after a position.
     *
     * @param after position up to which the client has all events
     */
    static byte[] beginning(long after) {
        return String.format(Locale.ROOT, "id: %d\nretry: 1000\n\n", after).getBytes(UTF_8);
    }

    /** Returns an id without an event, for a client that has all events up to a position. */
    static byte[] progress(long after) {
        return String.format(Locale.ROOT, "id: %d\n\n", after).getBytes(UTF_8);
    }

    /**
     * Returns the server-sent event that reports missed ones. It has no id, so that a client which connects again resumes before them.
     *
     * @param after position of the last event before the missed ones
     */
    static byte[] missed(long count, long after) {
        return String.format(Locale.ROOT, "event: missed\ndata: {\"count\":%d,\"after\":%d}\n\n", count, after)
                .getBytes(UTF_8);
    }
}

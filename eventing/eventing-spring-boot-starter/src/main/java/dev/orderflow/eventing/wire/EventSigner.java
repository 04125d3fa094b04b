package dev.orderflow.eventing.wire;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Signs this application's events when they are sent. Must be thread-safe. */
@FunctionalInterface
public interface EventSigner {

    /** Signs nothing. */
    EventSigner NONE = events -> events.stream().map(Event::headers).toList();

    /**
     * Returns the headers with which the events are sent, in the order of the events.
     *
     * @param events about to be sent, of any topics
     */
    List<List<Header>> sign(List<Event> events);

    /**
     * An event as a record.
     *
     * @param headers all of the record's
     */
    record Event(String topic, byte[] key, List<Header> headers, byte @Nullable [] data) {}
}

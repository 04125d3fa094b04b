package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.UUID;

/** A record that this group has to consume. */
sealed interface Received permits Delivery, Received.Unreadable, Received.Obsolete {

    Arrival arrival();

    default UUID id() {
        return arrival().incoming().source().id();
    }

    default String type() {
        return arrival().incoming().source().type();
    }

    default EventStream stream() {
        return arrival().incoming().stream();
    }

    /** Returns whether it comes from its source topic, and not from a retry topic. */
    default boolean isFirst() {
        return arrival().incoming().hop() == 0;
    }

    /** A record that is no event, or an event in a version that this application does not know yet. It must not be skipped. */
    record Unreadable(Arrival arrival, UndecodableEventException cause) implements Received {}

    /** A failed event whose type is no longer handled. It completes when it is next in its stream. */
    record Obsolete(Arrival arrival) implements Received {}
}

package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import dev.orderflow.eventing.wire.UndecodableEventException;
import java.util.UUID;

/** A record that this group has to take in. */
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

    /** Whether it comes from its source topic, and not from a retry topic. */
    default boolean isFirst() {
        return arrival().incoming().hop() == 0;
    }

    /** Not an event, or one in a version that this application does not know yet: must not be skipped. */
    record Unreadable(Arrival arrival, UndecodableEventException cause) implements Received {}

    /** An event that failed once, and whose type is handled no longer: it is done with when it is its turn. */
    record Obsolete(Arrival arrival) implements Received {}
}

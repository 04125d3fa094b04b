package dev.orderflow.eventing.outbox;

import dev.orderflow.eventing.EventContext;
import java.util.UUID;

/**
 * Derives the context that an event is published with from the publisher's context. Called in the publisher's transaction, which may
 * still roll back, once for each version in which the event is published; these have the same id.
 */
@FunctionalInterface
public interface PublicationContext {

    /** Publishes events with the publisher's context. */
    PublicationContext UNCHANGED = (event, current) -> current;

    /** An event that is being published, in one of its versions. */
    record Publication(UUID id, String type, String topic, String key) {}

    EventContext of(Publication event, EventContext current);
}

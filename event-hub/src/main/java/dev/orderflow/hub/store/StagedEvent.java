package dev.orderflow.hub.store;

import dev.orderflow.eventing.EventMetadata;
import org.jspecify.annotations.Nullable;

/**
 * An event as one of its records carries it.
 *
 * @param tenant whose it is; that of events without a tenant if it names none
 * @param json   payload that may be JSON; null if it is certainly not, or too large
 * @param raw    payload that is certainly no JSON; null if it may be JSON, or is too large
 * @param size   bytes of the payload
 */
record StagedEvent(
        Sighting sighting,
        EventMetadata metadata,
        String tenant,
        @Nullable String json,
        byte @Nullable [] raw,
        int size) {}

package dev.orderflow.events.customer;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import java.time.Instant;

/**
 * The customer's data was erased. A service that stores more of the customer than the reference erases it, too; when the
 * event is repeated, nothing is left to erase.
 */
@EventType("dev.orderflow.customer.erased.v1")
public record CustomerErased(
        @PersonalData(value = "to erase everywhere", kept = "topic, for ever", erased = "refers to nobody")
        @Bounds(pattern = CustomerReference.PATTERN)
        String customerId,

        Instant at)
        implements CustomerEvent {}

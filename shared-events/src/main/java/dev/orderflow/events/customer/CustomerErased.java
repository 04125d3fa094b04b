package dev.orderflow.events.customer;

import dev.orderflow.eventing.EventType;
import dev.orderflow.eventing.PersonalData;
import dev.orderflow.events.Bounds;
import java.time.Instant;

/**
 * The customer's data was erased. Whoever stores something of the customer beside the reference erases it, too; a
 * repetition finds nothing to erase.
 */
@EventType("dev.orderflow.customer.erased.v1")
public record CustomerErased(
        @PersonalData(value = "to erase everywhere", kept = "topic 7 days", erased = "refers to nobody")
        @Bounds(pattern = CustomerReference.PATTERN)
        String customerId,

        Instant at)
        implements CustomerEvent {}

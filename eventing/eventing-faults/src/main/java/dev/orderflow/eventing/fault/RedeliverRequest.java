package dev.orderflow.eventing.fault;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/**
 * A request to deliver an event again.
 *
 * @param eventId the id of an event that this service has published
 */
record RedeliverRequest(@NotNull UUID eventId) {}

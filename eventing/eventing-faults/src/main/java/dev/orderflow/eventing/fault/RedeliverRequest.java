package dev.orderflow.eventing.fault;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/**
 * An event that is to come again.
 *
 * @param eventId of an event that this service has published
 */
record RedeliverRequest(@NotNull UUID eventId) {}

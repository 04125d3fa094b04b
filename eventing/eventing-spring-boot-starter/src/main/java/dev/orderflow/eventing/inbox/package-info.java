/**
 * Inbox: decodes a polled batch and consumes it in one transaction, exactly once and in order per key. Package {@code polling}
 * contains the members of the consumer group, {@code handler} the calls of handlers.
 */
@NullMarked
package dev.orderflow.eventing.inbox;

import org.jspecify.annotations.NullMarked;

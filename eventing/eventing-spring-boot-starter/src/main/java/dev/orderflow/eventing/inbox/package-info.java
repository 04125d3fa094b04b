/**
 * Kafka to effect: a batch that was polled is decoded and consumed in one transaction, exactly once, in order per key. The members
 * that poll are in {@code polling}, the calls of handlers in {@code handler}.
 */
@NullMarked
package dev.orderflow.eventing.inbox;

import org.jspecify.annotations.NullMarked;

/** Kafka to effect: batches are consumed exactly once, in order per key. */
@NullMarked
package dev.orderflow.eventing.inbox;

import org.jspecify.annotations.NullMarked;

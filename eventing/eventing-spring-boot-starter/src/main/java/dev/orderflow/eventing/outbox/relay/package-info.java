/** The relay: sends the committed rows of the outbox to Kafka, and parks the events that cannot be sent. */
@NullMarked
package dev.orderflow.eventing.outbox.relay;

import org.jspecify.annotations.NullMarked;

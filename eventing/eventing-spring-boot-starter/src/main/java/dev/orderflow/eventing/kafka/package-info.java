/** Kafka clients with the settings on which the delivery guarantees depend, and the topics they need. */
@NullMarked
package dev.orderflow.eventing.kafka;

import org.jspecify.annotations.NullMarked;

/** Database to Kafka: events are rows of the publishing transaction, which a relay sends in order. */
@NullMarked
package dev.orderflow.eventing.outbox;

import org.jspecify.annotations.NullMarked;

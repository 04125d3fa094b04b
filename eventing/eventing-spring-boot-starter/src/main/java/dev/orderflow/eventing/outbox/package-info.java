/** Transactional outbox: the publishing transaction writes events as rows, which a relay sends to Kafka in order. */
@NullMarked
package dev.orderflow.eventing.outbox;

import org.jspecify.annotations.NullMarked;

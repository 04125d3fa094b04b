/** The inbox for Spring Kafka's own listeners: {@link dev.orderflow.eventing.Idempotent}. */
@NullMarked
package dev.orderflow.eventing.listener;

import org.jspecify.annotations.NullMarked;

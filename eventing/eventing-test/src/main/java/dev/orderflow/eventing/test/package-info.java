/** Gives tests a real PostgreSQL and a real Kafka broker, in containers if an engine is available, otherwise as processes. */
@NullMarked
package dev.orderflow.eventing.test;

import org.jspecify.annotations.NullMarked;

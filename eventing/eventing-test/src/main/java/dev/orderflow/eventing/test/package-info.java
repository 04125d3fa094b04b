/** Gives tests a real PostgreSQL and a real Kafka broker, in containers where there is an engine, else as processes. */
@NullMarked
package dev.orderflow.eventing.test;

import org.jspecify.annotations.NullMarked;

/** Conversion of event records to CloudEvents in Kafka headers and bytes, and back; and the pacing of relay and consumers. */
@NullMarked
package dev.orderflow.eventing.wire;

import org.jspecify.annotations.NullMarked;

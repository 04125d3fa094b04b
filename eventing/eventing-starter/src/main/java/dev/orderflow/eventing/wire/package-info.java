/** Event records as CloudEvents in Kafka headers and bytes, and back. */
@NullMarked
package dev.orderflow.eventing.wire;

import org.jspecify.annotations.NullMarked;

/** Event records as CloudEvents in Kafka headers and bytes, and back; and what else both ends of a topic have in common. */
@NullMarked
package dev.orderflow.eventing.wire;

import org.jspecify.annotations.NullMarked;

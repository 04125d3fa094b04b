/** Event records as CloudEvents in Kafka headers and bytes, and back; and how both ends of a topic pace themselves. */
@NullMarked
package dev.orderflow.eventing.wire;

import org.jspecify.annotations.NullMarked;

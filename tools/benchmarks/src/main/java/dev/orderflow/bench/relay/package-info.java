/** Speed of sending the outbox. */
@NullMarked
package dev.orderflow.bench.relay;

import org.jspecify.annotations.NullMarked;

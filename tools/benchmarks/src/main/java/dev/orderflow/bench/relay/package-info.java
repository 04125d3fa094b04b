/** How fast the outbox is sent. */
@NullMarked
package dev.orderflow.bench.relay;

import org.jspecify.annotations.NullMarked;

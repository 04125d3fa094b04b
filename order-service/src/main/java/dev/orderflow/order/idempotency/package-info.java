/** Makes a request that is sent twice take effect once. */
@NullMarked
package dev.orderflow.order.idempotency;

import org.jspecify.annotations.NullMarked;

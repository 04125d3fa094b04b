/** Deletes orders that are older than the shop has to keep them. */
@NullMarked
package dev.orderflow.order.retention;

import org.jspecify.annotations.NullMarked;

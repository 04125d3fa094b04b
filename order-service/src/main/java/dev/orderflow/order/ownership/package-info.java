/** Restricts each caller to its own orders, or those of its tenant. */
@NullMarked
package dev.orderflow.order.ownership;

import org.jspecify.annotations.NullMarked;

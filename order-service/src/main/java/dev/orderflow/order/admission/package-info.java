/** Bounds the orders in flight: refuses more while placed orders take too long. */
@NullMarked
package dev.orderflow.order.admission;

import org.jspecify.annotations.NullMarked;

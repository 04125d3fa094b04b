/** What can be ordered, and at which price. */
@NullMarked
package dev.orderflow.order.catalog;

import org.jspecify.annotations.NullMarked;

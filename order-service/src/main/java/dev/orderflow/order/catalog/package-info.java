/** The catalog: products that can be ordered, and their prices. */
@NullMarked
package dev.orderflow.order.catalog;

import org.jspecify.annotations.NullMarked;

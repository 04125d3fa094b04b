/** Owns orders: takes them in over REST, prices them from the catalog, and decides what becomes of them. */
@NullMarked
package dev.orderflow.order;

import org.jspecify.annotations.NullMarked;

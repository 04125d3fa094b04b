/** Owns orders: accepts them over REST, prices them from the catalog, and decides their status. */
@NullMarked
package dev.orderflow.order;

import org.jspecify.annotations.NullMarked;

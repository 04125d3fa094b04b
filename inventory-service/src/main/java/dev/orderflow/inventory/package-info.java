/** Owns stock: reserves it for orders, commits it when they are paid, releases it when they are cancelled. */
@NullMarked
package dev.orderflow.inventory;

import org.jspecify.annotations.NullMarked;

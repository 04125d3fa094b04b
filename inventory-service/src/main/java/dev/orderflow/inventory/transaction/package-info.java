/** A bean scope with the lifetime of a transaction. */
@NullMarked
package dev.orderflow.inventory.transaction;

import org.jspecify.annotations.NullMarked;

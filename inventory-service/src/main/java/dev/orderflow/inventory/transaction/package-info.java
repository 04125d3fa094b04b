/** A bean scope that is as long as a transaction. */
@NullMarked
package dev.orderflow.inventory.transaction;

import org.jspecify.annotations.NullMarked;

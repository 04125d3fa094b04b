/** Upkeep of the tables: partitions are created ahead, and what is older than its retention is deleted. */
@NullMarked
package dev.orderflow.eventing.upkeep;

import org.jspecify.annotations.NullMarked;

/** Upkeep of the tables: partitions are created ahead, and rows older than their retention are deleted. */
@NullMarked
package dev.orderflow.eventing.upkeep;

import org.jspecify.annotations.NullMarked;

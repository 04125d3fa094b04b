/** Chooses the database of the starter's tables, and creates them in their schema. */
@NullMarked
package dev.orderflow.eventing.schema;

import org.jspecify.annotations.NullMarked;

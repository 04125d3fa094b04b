/** Generation of the events' JSON Schemas from their records, and the check that a change of them breaks nobody. */
@NullMarked
package dev.orderflow.events.schema;

import org.jspecify.annotations.NullMarked;

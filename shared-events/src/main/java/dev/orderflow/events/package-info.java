/**
 * Topics, and the values that events of several services share. No Spring.
 * <p>
 * The JSON Schema of an event is the resource {@code schemas/<type>.json} on the class path, such as
 * {@code schemas/dev.orderflow.order.placed.v1.json}, generated from its record.
 */
@NullMarked
package dev.orderflow.events;

import org.jspecify.annotations.NullMarked;

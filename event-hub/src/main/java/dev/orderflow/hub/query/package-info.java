/** Queries of stored events. */
@NullMarked
package dev.orderflow.hub.query;

import org.jspecify.annotations.NullMarked;

/** Timelines of orders: their events over all services, in causal order. */
@NullMarked
package dev.orderflow.hub.timeline;

import org.jspecify.annotations.NullMarked;

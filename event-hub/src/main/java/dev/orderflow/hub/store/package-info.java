/** Consumption of all topics, and the store of their events: partitions by day, identities, sightings, retention. */
@NullMarked
package dev.orderflow.hub.store;

import org.jspecify.annotations.NullMarked;

/**
 * The API for authors of services: event records, handlers, and the publisher. Plain Java without Spring, so that
 * modules of event records need no further dependency.
 */
@NullMarked
package dev.orderflow.eventing;

import org.jspecify.annotations.NullMarked;

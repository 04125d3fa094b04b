/**
 * The API of a service's author: event records, handlers, and the publisher. Plain Java without Spring, so that a
 * module of event records depends on nothing else.
 */
@NullMarked
package dev.orderflow.eventing;

import org.jspecify.annotations.NullMarked;

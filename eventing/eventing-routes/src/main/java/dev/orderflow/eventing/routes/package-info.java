/** Routes declared in configuration: they publish events of one topic on another, by a condition on data and attributes. */
@NullMarked
package dev.orderflow.eventing.routes;

import org.jspecify.annotations.NullMarked;

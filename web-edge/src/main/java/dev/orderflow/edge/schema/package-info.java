/** The JSON Schemas of the events that a service publishes or consumes, for teams whose services are not written in Java. */
@NullMarked
package dev.orderflow.edge.schema;

import org.jspecify.annotations.NullMarked;

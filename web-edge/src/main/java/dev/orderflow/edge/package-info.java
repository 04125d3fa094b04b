/**
 * The edge between a service and its HTTP clients: bounds of requests, bodies and connections, the media types that are
 * spoken, and problem details for whatever the servlet container refuses by itself.
 */
@NullMarked
package dev.orderflow.edge;

import org.jspecify.annotations.NullMarked;

/**
 * Protection of a service against its HTTP clients: bounds of requests, bodies and connections, accepted media types,
 * and problem details for errors of the servlet container.
 */
@NullMarked
package dev.orderflow.edge;

import org.jspecify.annotations.NullMarked;

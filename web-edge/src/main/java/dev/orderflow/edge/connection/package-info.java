/** Tomcat's connections: the phase of each, and which one is ended when there are too many. */
@NullMarked
package dev.orderflow.edge.connection;

import org.jspecify.annotations.NullMarked;

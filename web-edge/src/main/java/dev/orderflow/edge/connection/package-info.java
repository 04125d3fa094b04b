/** Tomcat's connections: their phases, and which one to close when there are too many. */
@NullMarked
package dev.orderflow.edge.connection;

import org.jspecify.annotations.NullMarked;

/** Tomcat's connections: what each of them is doing, and which one has to go when there are too many. */
@NullMarked
package dev.orderflow.edge.connection;

import org.jspecify.annotations.NullMarked;

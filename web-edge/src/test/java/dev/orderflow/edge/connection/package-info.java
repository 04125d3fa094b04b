@NullMarked
package dev.orderflow.edge.connection;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.orderflow.edge.trace;

import org.jspecify.annotations.NullMarked;

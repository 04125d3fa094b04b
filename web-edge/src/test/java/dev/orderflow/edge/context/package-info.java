@NullMarked
package dev.orderflow.edge.context;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.orderflow.edge.orders;

import org.jspecify.annotations.NullMarked;

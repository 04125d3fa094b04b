@NullMarked
package dev.orderflow.edge;

import org.jspecify.annotations.NullMarked;

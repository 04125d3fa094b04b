@NullMarked
package dev.orderflow.edge.log;

import org.jspecify.annotations.NullMarked;

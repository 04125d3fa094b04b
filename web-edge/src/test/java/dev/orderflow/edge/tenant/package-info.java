@NullMarked
package dev.orderflow.edge.tenant;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.orderflow.edge.problem;

import org.jspecify.annotations.NullMarked;

/** Microbenchmarks of the hot path, with allocation. */
@NullMarked
package dev.orderflow.bench.jmh;

import org.jspecify.annotations.NullMarked;

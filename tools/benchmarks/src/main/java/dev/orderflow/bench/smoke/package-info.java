/** Regression check of all short benchmarks. */
@NullMarked
package dev.orderflow.bench.smoke;

import org.jspecify.annotations.NullMarked;

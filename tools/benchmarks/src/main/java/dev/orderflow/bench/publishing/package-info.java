/** Publishing service that several benchmarks use. */
@NullMarked
package dev.orderflow.bench.publishing;

import org.jspecify.annotations.NullMarked;

/** A service that publishes events, as several benchmarks need it. */
@NullMarked
package dev.orderflow.bench.publishing;

import org.jspecify.annotations.NullMarked;

/** Latency from commit to consumer. */
@NullMarked
package dev.orderflow.bench.latency;

import org.jspecify.annotations.NullMarked;

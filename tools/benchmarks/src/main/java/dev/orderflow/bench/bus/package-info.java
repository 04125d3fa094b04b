/** Throughput, latency and allocation of the bus beside queues with a thread each. */
@NullMarked
package dev.orderflow.bench.bus;

import org.jspecify.annotations.NullMarked;

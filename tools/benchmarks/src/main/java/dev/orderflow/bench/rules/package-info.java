/** Benchmark of the time until all instances of order-service know a changed promotion. */
package dev.orderflow.bench.rules;

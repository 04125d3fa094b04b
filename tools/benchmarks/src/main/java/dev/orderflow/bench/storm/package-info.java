/** Cost of a storm of invalid events for the valid ones. */
@NullMarked
package dev.orderflow.bench.storm;

import org.jspecify.annotations.NullMarked;

/** Speed of consumption compared with a handwritten loop. */
@NullMarked
package dev.orderflow.bench.consume;

import org.jspecify.annotations.NullMarked;

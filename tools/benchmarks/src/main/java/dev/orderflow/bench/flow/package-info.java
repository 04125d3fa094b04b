/** {@code ./bench flow}: orders through the whole suite. */
@NullMarked
package dev.orderflow.bench.flow;

import org.jspecify.annotations.NullMarked;

/** {@code ./bench place}: how fast orders are accepted. */
@NullMarked
package dev.orderflow.bench.place;

import org.jspecify.annotations.NullMarked;

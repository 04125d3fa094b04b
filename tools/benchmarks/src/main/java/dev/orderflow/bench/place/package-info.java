/** {@code ./bench place}: the rate at which orders are accepted. */
@NullMarked
package dev.orderflow.bench.place;

import org.jspecify.annotations.NullMarked;

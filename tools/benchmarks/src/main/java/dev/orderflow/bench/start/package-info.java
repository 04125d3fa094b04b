/** Cost of a service's start: {@code ./bench start}. */
@NullMarked
package dev.orderflow.bench.start;

import org.jspecify.annotations.NullMarked;

/** What a start of a service costs: {@code ./bench start}. */
@NullMarked
package dev.orderflow.bench.start;

import org.jspecify.annotations.NullMarked;

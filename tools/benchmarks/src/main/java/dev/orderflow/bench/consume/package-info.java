/** How fast events are taken in, against a loop written by hand. */
@NullMarked
package dev.orderflow.bench.consume;

import org.jspecify.annotations.NullMarked;

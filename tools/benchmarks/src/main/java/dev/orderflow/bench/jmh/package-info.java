/** The small hot pieces, one by one, with what they allocate. */
@NullMarked
package dev.orderflow.bench.jmh;

import org.jspecify.annotations.NullMarked;

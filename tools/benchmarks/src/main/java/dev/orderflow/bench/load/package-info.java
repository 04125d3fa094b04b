/** Orders over HTTP as load, and what it costs the processes that take it. */
@NullMarked
package dev.orderflow.bench.load;

import org.jspecify.annotations.NullMarked;

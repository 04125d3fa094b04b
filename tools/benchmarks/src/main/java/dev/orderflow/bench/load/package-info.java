/** Orders over HTTP as load, and the processor time that they cost. */
@NullMarked
package dev.orderflow.bench.load;

import org.jspecify.annotations.NullMarked;

/** Whether it stays as fast as there is more of it. */
@NullMarked
package dev.orderflow.bench.growth;

import org.jspecify.annotations.NullMarked;

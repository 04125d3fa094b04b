/** Dependence of the speed on the amount of data and the number of instances. */
@NullMarked
package dev.orderflow.bench.growth;

import org.jspecify.annotations.NullMarked;

/** Delay of one tenant's events by the flood of another. */
@NullMarked
package dev.orderflow.bench.tenants;

import org.jspecify.annotations.NullMarked;

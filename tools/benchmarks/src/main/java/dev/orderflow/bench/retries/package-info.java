/** Cost of failures for the events that do not fail. */
@NullMarked
package dev.orderflow.bench.retries;

import org.jspecify.annotations.NullMarked;

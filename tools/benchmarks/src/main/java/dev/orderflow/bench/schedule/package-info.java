/** Publication of events at a later time. */
@NullMarked
package dev.orderflow.bench.schedule;

import org.jspecify.annotations.NullMarked;

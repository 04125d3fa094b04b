/** Spans of published, sent and consumed events, and the trace context that leads from one to the next. */
@NullMarked
package dev.orderflow.eventing.tracing;

import org.jspecify.annotations.NullMarked;

/** Dead letters, the events that are not retried automatically: queries, replay, discard, and the audit log of operators' actions. */
@NullMarked
package dev.orderflow.eventing.deadletter;

import org.jspecify.annotations.NullMarked;

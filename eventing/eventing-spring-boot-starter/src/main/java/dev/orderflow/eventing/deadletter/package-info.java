/** Dead letters, the events that are not retried automatically: how they are stored and counted. */
@NullMarked
package dev.orderflow.eventing.deadletter;

import org.jspecify.annotations.NullMarked;

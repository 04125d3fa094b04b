/** The events that will not be tried again by themselves: what is known of them, replaying and discarding them, and who did. */
@NullMarked
package dev.orderflow.eventing.deadletter;

import org.jspecify.annotations.NullMarked;

/** The operators' view of the circuits of event types, and their switch. */
@NullMarked
package dev.orderflow.eventing.admin.circuit;

import org.jspecify.annotations.NullMarked;

/** The operators' view of the outbox, and their actions on parked events. */
@NullMarked
package dev.orderflow.eventing.admin.outbox;

import org.jspecify.annotations.NullMarked;

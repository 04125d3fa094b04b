/** The operators' view of holds, the consumed events that have not taken effect, and their actions on them. */
@NullMarked
package dev.orderflow.eventing.admin.hold;

import org.jspecify.annotations.NullMarked;

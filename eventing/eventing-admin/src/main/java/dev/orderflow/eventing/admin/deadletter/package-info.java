/** The operators' view of dead letters, and their actions on them: replay and discard. */
@NullMarked
package dev.orderflow.eventing.admin.deadletter;

import org.jspecify.annotations.NullMarked;

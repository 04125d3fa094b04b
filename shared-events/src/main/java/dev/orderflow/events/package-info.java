/** Topics, and the values that events of several services share. No Spring. */
@NullMarked
package dev.orderflow.events;

import org.jspecify.annotations.NullMarked;

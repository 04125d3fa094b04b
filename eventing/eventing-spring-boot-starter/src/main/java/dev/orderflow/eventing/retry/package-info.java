/** What becomes of an event that failed, and of those behind it: retry topics, holds, and the way to the dead letters. */
@NullMarked
package dev.orderflow.eventing.retry;

import org.jspecify.annotations.NullMarked;

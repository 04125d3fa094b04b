/** Retries of failed events: retry topics, holds of later events of the same key, and the path to the dead letters. */
@NullMarked
package dev.orderflow.eventing.retry;

import org.jspecify.annotations.NullMarked;

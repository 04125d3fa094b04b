/** Events that order-service schedules for itself, keyed by order id. They say that a time has come. */
@NullMarked
package dev.orderflow.events.timer;

import org.jspecify.annotations.NullMarked;

/** Events that notification-service publishes for people who work in the shop. */
@NullMarked
package dev.orderflow.events.notification;

import org.jspecify.annotations.NullMarked;

/** Notifies customers about their orders by e-mail. */
@NullMarked
package dev.orderflow.notification;

import org.jspecify.annotations.NullMarked;

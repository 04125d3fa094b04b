/** Finds the e-mail addresses of customers, which only order-service stores, by the references that events carry. */
@NullMarked
package dev.orderflow.notification.recipient;

import org.jspecify.annotations.NullMarked;

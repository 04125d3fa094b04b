/** Events in which payment-service answers about an order's payment. Keyed by order id. */
@NullMarked
package dev.orderflow.events.payment;

import org.jspecify.annotations.NullMarked;

/** Events in which loyalty-service reports changes of customers' points. Keyed by order id or redemption id. */
@NullMarked
package dev.orderflow.events.loyalty;

import org.jspecify.annotations.NullMarked;

/** Events in which order-service announces what happens to a customer's data. Keyed by customer reference. */
@NullMarked
package dev.orderflow.events.customer;

import org.jspecify.annotations.NullMarked;

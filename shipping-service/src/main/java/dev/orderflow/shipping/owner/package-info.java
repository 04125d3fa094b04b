/** Client of order-service, which knows whose an order is. */
@NullMarked
package dev.orderflow.shipping.owner;

import org.jspecify.annotations.NullMarked;

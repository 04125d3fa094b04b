/** Client of order-service, which knows who owns an order. */
@NullMarked
package dev.orderflow.shipping.owner;

import org.jspecify.annotations.NullMarked;

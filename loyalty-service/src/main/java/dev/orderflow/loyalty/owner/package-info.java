/** Client of order-service, which knows the references of customers. */
@NullMarked
package dev.orderflow.loyalty.owner;

import org.jspecify.annotations.NullMarked;

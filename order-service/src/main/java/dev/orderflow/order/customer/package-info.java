/** Customers: the references that stand for them in events, their addresses, and their erasure. */
@NullMarked
package dev.orderflow.order.customer;

import org.jspecify.annotations.NullMarked;

/** Tests of the names that stand for customers. */
@NullMarked
package dev.orderflow.events.customer;

import org.jspecify.annotations.NullMarked;

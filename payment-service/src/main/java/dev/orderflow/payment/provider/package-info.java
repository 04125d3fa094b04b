/** The client of the payment provider: two calls over HTTP, and the ways in which they fail. */
@NullMarked
package dev.orderflow.payment.provider;

import org.jspecify.annotations.NullMarked;

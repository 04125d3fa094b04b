/** The payment provider as this service sees it: two calls over HTTP, and what can go wrong with them. */
@NullMarked
package dev.orderflow.payment.provider;

import org.jspecify.annotations.NullMarked;

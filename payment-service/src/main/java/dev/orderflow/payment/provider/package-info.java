/** Client of the payment provider: two HTTP calls, and their failures. */
@NullMarked
package dev.orderflow.payment.provider;

import org.jspecify.annotations.NullMarked;

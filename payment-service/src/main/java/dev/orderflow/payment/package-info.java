/** Payment-service: charges reserved orders, and refunds cancelled ones. */
@NullMarked
package dev.orderflow.payment;

import org.jspecify.annotations.NullMarked;

/** What this service remembers of each order's payment, and the events that make it act. */
@NullMarked
package dev.orderflow.payment.ledger;

import org.jspecify.annotations.NullMarked;

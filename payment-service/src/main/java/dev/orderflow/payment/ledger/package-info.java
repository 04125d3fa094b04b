/** The payments of orders, and the handlers of the events that cause them. */
@NullMarked
package dev.orderflow.payment.ledger;

import org.jspecify.annotations.NullMarked;

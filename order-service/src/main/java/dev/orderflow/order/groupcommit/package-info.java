/**
 * Carries out requests that arrive at about the same time in one transaction. Knows nothing of orders. A reader of the
 * order code only needs to know that each request has its own outcome, as if it had its own transaction.
 */
@NullMarked
package dev.orderflow.order.groupcommit;

import org.jspecify.annotations.NullMarked;

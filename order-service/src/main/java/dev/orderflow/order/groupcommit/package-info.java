/**
 * Carries out requests that come at about the same time in one transaction. Knows nothing of orders; to read how one is
 * placed, it is enough to know that each request has an outcome of its own, as if it had a transaction to itself.
 */
@NullMarked
package dev.orderflow.order.groupcommit;

import org.jspecify.annotations.NullMarked;

/** The accounts of customers, their ledger, and what changes them. */
@NullMarked
package dev.orderflow.loyalty.points;

import org.jspecify.annotations.NullMarked;

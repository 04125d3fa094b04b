/** The operators' REST API for the outbox, the dead letters, and the events that wait behind them. */
@NullMarked
package dev.orderflow.eventing.admin;

import org.jspecify.annotations.NullMarked;

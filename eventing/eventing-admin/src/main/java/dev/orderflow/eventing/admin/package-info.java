/** The operators' REST API: shows and moves what is in the outbox, among the dead letters, and held behind them. */
@NullMarked
package dev.orderflow.eventing.admin;

import org.jspecify.annotations.NullMarked;

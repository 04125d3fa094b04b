package dev.orderflow.eventing.outbox.relay;

import java.util.UUID;

/**
 * One life of the database server, from its start to its next crash, restart or replacement, as a relay knows it.
 * <p>
 * Within one incarnation the server assigns each transaction id and row id once, so positions can be compared. A crashed server
 * assigns the ids again that had not reached the log. A promoted standby or a restored backup assigns the ids again that are not
 * in its log. A client may see no error: pools replace connections silently, and poolers share servers. Therefore each statement
 * that takes or uses a {@link Position}, or changes a lease, includes {@link #REQUIRED}. It fails unless the token that the relay
 * wrote at its start still exists ({@code V7__positions_of_one_incarnation.sql}). A separate statement would prove nothing about
 * the next one.
 *
 * @param relay instance that owns the token
 * @param token random, never reused
 */
record Incarnation(UUID relay, UUID token) {

    /** Condition with relay and token as parameters. Evaluated once per statement, also when the statement finds no row. */
    static final String REQUIRED = "(SELECT eventing.outbox_require(?, ?))";
}

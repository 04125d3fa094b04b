package dev.orderflow.eventing.outbox;

import java.util.UUID;

/**
 * One life of the database server, from its start to its next crash, restart or replacement, as a relay knows it.
 * <p>
 * Within one life no transaction id and no row id is given out twice, so positions can be compared. A crash gives out again
 * what had not reached the log, and a promoted standby or a restored backup what the log did not contain. No error need tell a
 * client of it: pools replace connections silently, and poolers share servers. Therefore each statement that takes or uses a
 * {@link Position}, or changes a lease, carries {@link #REQUIRED}, which fails unless the token that the relay wrote when it
 * began is still there ({@code V7__positions_of_one_incarnation.sql}). Asking in a statement of its own would prove nothing of
 * the next one.
 *
 * @param relay whose token it is
 * @param token random, never used again
 */
record Incarnation(UUID relay, UUID token) {

    /** Takes relay and token as parameters. Evaluated once per statement, also when the statement finds no row. */
    static final String REQUIRED = "(SELECT eventing.outbox_require(?, ?))";
}

package dev.orderflow.order.groupcommit;

import java.util.List;
import java.util.Optional;

/**
 * Work on single items that {@link GroupCommit} carries out inside its transactions, any number of items in each.
 *
 * @param <I> item
 * @param <P> data that all items of a tenant share in a transaction
 * @param <R> result
 */
public interface GroupWork<I, P, R> {

    /**
     * Reads the data that all items of {@code group} need, once per tenant of a transaction, which sees the rows of that
     * tenant.
     */
    P prepare(List<I> group);

    /**
     * Carries out one item, joining the current transaction.
     *
     * @param prepared data for a group that includes the item
     * @throws dev.orderflow.edge.problem.Refusal if the item is refused. The item must then leave nothing in the
     * transaction, which continues with the other items. Any other exception rolls the transaction back
     */
    R perform(I item, P prepared);

    /** Ends the work on a group, in the same transaction: the last of its items was carried out or refused. */
    void finish(P prepared);

    /**
     * Finds the result of an item that an earlier transaction committed without this instance learning of the commit.
     */
    Optional<R> find(I item);

    /** Returns the tenant whose rows alone the item may see and change. */
    String tenant(I item);

    /** Returns the item's share of a transaction, 1 or more; see {@link GroupCommit#ENOUGH}. */
    int weight(I item);
}

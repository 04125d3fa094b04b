package dev.orderflow.order.ordering;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.ordering.Placement.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Places orders. Those that come at about the same time are placed by one transaction, which costs little more than one order's
 * would. Each has its own outcome all the same: a refused one leaves nothing, and one that makes the transaction fail does so
 * to itself only, since then each is placed alone.
 */
@Service
class OrderPlacement {

    private static final Logger LOG = LoggerFactory.getLogger(OrderPlacement.class);

    /** While one transaction waits for the disk, others can be prepared; fewer than connections, which others need, too. */
    private static final int TRANSACTIONS_AT_ONCE = 3;

    /** Lines that are enough for a transaction, so that a small order does not wait for many large ones. */
    private static final int ENOUGH_LINES = 100;

    /** As long as for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PlacementTransaction transaction;
    private final TransactionOperations transactions;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final GroupCommit<Placement> groups =
            new GroupCommit<>(TRANSACTIONS_AT_ONCE, Placement::lines, ENOUGH_LINES, PATIENCE, this::placeTogether);

    OrderPlacement(PlacementTransaction transaction, TransactionOperations transactions) {
        this.transaction = transaction;
        this.transactions = transactions;
    }

    /**
     * Places an order at the catalog's prices, and returns after the commit. With an idempotency key that was used before for the
     * same request, places none and returns what was returned then.
     *
     * @throws Refusal when the catalog cannot serve the order, or the key is in use
     * @throws CannotCreateTransactionException when the database is away or too slow; if its connection broke during the commit, the
     *     order may have been placed all the same, which repeating it with its idempotency key tells
     */
    OrderView place(PlaceOrder request, @Nullable String idempotencyKey) {
        var placement = new Placement(ids.generate(), request, idempotencyKey);
        try {
            groups.add(placement);
        } catch (TimeoutException e) {
            throw new CannotCreateTransactionException("orders before this one took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("interrupted", e);
        }
        return placement.order();
    }

    /** How many orders wait for a transaction. */
    int waiting() {
        return groups.waiting();
    }

    private void placeTogether(List<Placement> group) {
        try {
            var outcomes = execute(() -> transaction.place(group));
            IntStream.range(0, group.size()).forEach(i -> group.get(i).resolve(outcomes.get(i)));
        } catch (CannotCreateTransactionException e) {
            fail(group, e);
        } catch (RuntimeException e) {
            LOG.warn("placement=failed orders={} action=\"place each alone\" cause=\"{}\"", group.size(), e.toString());
            placeEachAlone(group);
        }
    }

    private void placeEachAlone(List<Placement> group) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var placement : group) {
            if (System.nanoTime() - end > 0) {
                fail(group, new CannotCreateTransactionException("the database is too slow"));
                return;
            }
            try {
                placement.resolve(new Outcome.Placed(placeAlone(placement)));
            } catch (CannotCreateTransactionException e) {
                fail(group, e);
                return;
            } catch (RuntimeException e) {
                placement.resolve(new Outcome.Failed(e));
            }
        }
    }

    /** Each transaction may have committed, or do so in the meantime, though its answer was lost. */
    private OrderView placeAlone(Placement placement) {
        try {
            return execute(() -> transaction.placeUnlessPlaced(placement));
        } catch (Refusal | CannotCreateTransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            return execute(() -> transaction.placed(placement)).orElseThrow(() -> e);
        }
    }

    /** Those that have no outcome yet. */
    private static void fail(List<Placement> group, RuntimeException cause) {
        group.forEach(placement -> placement.resolve(new Outcome.Failed(cause)));
    }

    private <T> T execute(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}

package dev.orderflow.loyalty.points;

import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.loyalty.points.PointsEntry.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The accounts and entries that one inbox transaction works on, in memory.
 * <p>
 * A batch may have many orders of one customer, and several batches and redemptions run at once. {@link #load} therefore locks
 * the accounts of <em>all</em> events of the batch, in a fixed order, before the first of them takes effect. Each account is
 * written once, just before the commit. The entries are read before the accounts are locked, since they show further accounts;
 * an entry that is added in between makes the commit fail, and the batch is repeated. So does an account that two batches add
 * at the same time, which counts as a conflict and not as a fault of an event.
 * <p>
 * Locking further rows after {@link #load} would make deadlocks possible, so other accounts are refused. The batch is no
 * {@code ReversibleSynchronization}, so a failed event repeats the whole transaction, with a new batch.
 */
class PointsBatch implements TransactionSynchronization {

    private final PointsRows rows;
    private final Set<String> customers;
    private final Map<PointsAccount.Key, PointsAccount> stored;
    private final Map<PointsAccount.Key, PointsAccount> changed = new TreeMap<>();
    private final Map<UUID, PointsEntry> awards = new HashMap<>();
    private final Set<UUID> reversed = new HashSet<>();
    private final List<PointsEntry> added = new ArrayList<>();

    private PointsBatch(PointsRows rows, List<OrderEvent> events) {
        this.rows = rows;
        var orders = events.stream().map(OrderEvent::orderId).collect(Collectors.toSet());
        var entries = rows.entriesOf(orders);
        entries.forEach(this::remember);
        customers = new TreeSet<>();
        events.forEach(event -> customers.add(event.customerId()));
        entries.forEach(entry -> customers.add(entry.customer()));
        stored = rows.lock(customers).stream().collect(Collectors.toMap(PointsAccount::key, account -> account));
    }

    /** Locks what the events may change, until the current transaction ends. Call it once per transaction, before the handlers. */
    static void load(PointsRows rows, List<OrderEvent> events) {
        TransactionSynchronizationManager.registerSynchronization(new PointsBatch(rows, events));
    }

    /** @throws IllegalStateException if the current transaction has loaded nothing */
    static PointsBatch ofTransaction() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(PointsBatch.class::isInstance)
                .map(PointsBatch.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the accounts of this transaction were not loaded"));
    }

    Optional<PointsEntry> awardOf(UUID orderId) {
        return Optional.ofNullable(awards.get(orderId));
    }

    boolean isReversed(UUID orderId) {
        return reversed.contains(orderId);
    }

    /** Returns an account as the batch has left it so far. */
    PointsAccount account(PointsAccount.Key key) {
        if (!customers.contains(key.customer())) {
            throw new IllegalStateException("an account was not locked before the batch");
        }
        var current = changed.get(key);
        return current == null ? stored.getOrDefault(key, PointsAccount.empty(key)) : current;
    }

    /** Adds an entry, and the account as it is afterwards. */
    void add(PointsEntry entry, PointsAccount after) {
        added.add(entry);
        remember(entry);
        changed.put(after.key(), after);
    }

    /** Runs before the outbox is written, because a transaction must lock the outbox's rows last. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        var isNew =
                changed.values().stream().collect(Collectors.partitioningBy(each -> !stored.containsKey(each.key())));
        // An insertion waits for a transaction that has changed the row, but not for one that has only locked it.
        // After an update, two batches could wait for each other.
        rows.add(isNew.get(true));
        rows.update(isNew.get(false));
        rows.addEntries(added);
    }

    private void remember(PointsEntry entry) {
        var orderId = entry.orderId();
        if (orderId == null) {
            return;
        }
        if (entry.kind() == Kind.AWARDED) {
            awards.put(orderId, entry);
        } else {
            reversed.add(orderId);
        }
    }
}

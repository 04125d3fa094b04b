package dev.orderflow.order.groupcommit;

import dev.orderflow.edge.context.RequestTime;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.order.groupcommit.Member.Outcome;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Carries out items that arrive at about the same time in one transaction, which costs little more than a transaction
 * for one item.
 * <p>
 * Each item is carried out in the context of its own request, and still has its own outcome. A refused item leaves no trace. If an item makes the transaction fail, each item
 * is committed alone, so only that item fails. While an item is carried out, the transaction sees its tenant's rows only. See {@link Groups} for how groups form. Thread-safe.
 *
 * @param <I> item
 * @param <P> data shared by all items of a tenant in a transaction
 * @param <R> result
 */
public final class GroupCommit<I, P, R> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** Weight at which a transaction takes no more items, so that a light item does not wait for many heavy ones. */
    static final int ENOUGH = 100;

    /**
     * Maximum concurrent transactions: while one waits for the disk, others are prepared. Fewer than the pool's
     * connections, because other code needs some of them.
     */
    private static final int TRANSACTIONS_AT_ONCE = 3;

    /** Longest wait for a transaction, the same as for a connection, unless the request has less time. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GroupWork<I, P, R> work;
    private final GroupTransactions transactions;
    private final Groups<Member<I, R>> groups;

    /** @param work must not open transactions: it joins those of {@code transactions} */
    public GroupCommit(GroupWork<I, P, R> work, GroupTransactions transactions) {
        this.work = work;
        this.transactions = transactions;
        this.groups = new Groups<>(
                TRANSACTIONS_AT_ONCE,
                member -> work.weight(member.item()),
                ENOUGH,
                () -> RequestTime.atMost(PATIENCE),
                this::commit);
    }

    /**
     * Carries out {@code item}, and returns its result after the commit.
     *
     * @throws Refusal if the work refuses the item
     * @throws CannotCreateTransactionException if the database is unavailable or too slow; if the connection broke
     * during the commit, the item may have been committed
     */
    public R execute(I item) {
        var member = new Member<I, R>(item);
        try {
            groups.add(member);
        } catch (TimeoutException e) {
            throw new CannotCreateTransactionException("transactions before this one took too long", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotCreateTransactionException("interrupted", e);
        }
        return member.result();
    }

    /** Returns how many items wait for a transaction. */
    public int waiting() {
        return groups.waiting();
    }

    private void commit(List<Member<I, R>> group) {
        try {
            var tenants = byTenant(group);
            transactions.execute(tenants.firstKey(), () -> perform(tenants)).forEach(Member::resolve);
        } catch (CannotCreateTransactionException e) {
            fail(group, e);
        } catch (RuntimeException e) {
            LOG.warn("group=failed items={} action=\"commit each alone\" cause=\"{}\"", group.size(), e.toString());
            commitEachAlone(group);
        }
    }

    /**
     * Carries out the items of one tenant after those of another, in the order of the tenants: transactions that lock rows of
     * the same two do not wait for each other.
     */
    private Map<Member<I, R>, Outcome<R>> perform(SortedMap<String, List<Member<I, R>>> group) {
        var outcomes = new IdentityHashMap<Member<I, R>, Outcome<R>>();
        var current = group.firstKey();
        for (var ofTenant : group.entrySet()) {
            if (!ofTenant.getKey().equals(current)) {
                current = ofTenant.getKey();
                transactions.continueWith(current);
            }
            perform(ofTenant.getValue(), outcomes);
        }
        return outcomes;
    }

    private void perform(List<Member<I, R>> ofTenant, Map<Member<I, R>, Outcome<R>> outcomes) {
        var prepared = work.prepare(ofTenant.stream().map(Member::item).toList());
        ofTenant.forEach(member -> outcomes.put(member, perform(member, prepared)));
        work.finish(prepared);
    }

    private SortedMap<String, List<Member<I, R>>> byTenant(List<Member<I, R>> group) {
        return group.stream().collect(Collectors.groupingBy(this::tenant, TreeMap::new, Collectors.toList()));
    }

    private String tenant(Member<I, R> member) {
        return work.tenant(member.item());
    }

    private Outcome<R> perform(Member<I, R> member, P prepared) {
        try {
            return new Outcome.Done<>(member.inContext(() -> work.perform(member.item(), prepared)));
        } catch (Refusal e) {
            return new Outcome.Failed<>(e);
        }
    }

    private void commitEachAlone(List<Member<I, R>> group) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var member : group) {
            if (System.nanoTime() - end > 0) {
                fail(group, new CannotCreateTransactionException("the database is too slow"));
                return;
            }
            try {
                member.resolve(new Outcome.Done<>(member.inContext(() -> commitAlone(member.item()))));
            } catch (CannotCreateTransactionException e) {
                fail(group, e);
                return;
            } catch (RuntimeException e) {
                member.resolve(new Outcome.Failed<>(e));
            }
        }
    }

    /**
     * Looks for the item before the first attempt and after the last: each transaction may have committed, or may still
     * commit, although its answer was lost.
     */
    private R commitAlone(I item) {
        try {
            return transactions.executeImpatiently(
                    work.tenant(item), () -> work.find(item).orElseGet(() -> performAlone(item)));
        } catch (Refusal | CannotCreateTransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            return transactions
                    .execute(work.tenant(item), () -> work.find(item))
                    .orElseThrow(() -> e);
        }
    }

    private R performAlone(I item) {
        var prepared = work.prepare(List.of(item));
        var result = work.perform(item, prepared);
        work.finish(prepared);
        return result;
    }

    /** Resolves the members that have no outcome yet. */
    private void fail(List<Member<I, R>> group, RuntimeException cause) {
        group.forEach(member -> member.resolve(new Outcome.Failed<>(cause)));
    }
}

package dev.orderflow.loyalty.points;

import dev.orderflow.eventing.TenantRows;
import dev.orderflow.events.loyalty.PointsRedeemed;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Redeems points, once per idempotency key.
 * <p>
 * The lock of the account's row makes redemptions, awards and reversals of a customer wait for each other, so the balance that
 * is checked is the one that is changed. A repeated request waits for the first one and finds its redemption: both are one
 * transaction with the key. A process that dies leaves no key without its entry.
 */
@Service
class Redemptions {

    /** Longest wait for the lock, for a request holds a connection meanwhile. The request is then answered 503. */
    private static final String BOUND_WAIT = "SET LOCAL lock_timeout = '2s'";

    private final JdbcClient jdbc;
    private final PointsRows rows;
    private final RedemptionRows redemptions;
    private final PointsEvents events;
    private final TransactionOperations transactions;
    private final Clock clock;

    Redemptions(
            JdbcClient jdbc,
            PointsRows rows,
            RedemptionRows redemptions,
            PointsEvents events,
            TransactionOperations transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.redemptions = redemptions;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Redeems points, or returns the redemption that the same request led to before.
     *
     * @throws dev.orderflow.edge.problem.Refusal if the points are more than the balance, which leaves the key unused, or
     *     another request has the key
     */
    Redemption redeem(PointsAccount.Key account, RedemptionKey key, long points) {
        return TenantRows.of(account.tenant())
                .call(() -> Objects.requireNonNull(transactions.execute(status -> once(account, key, points))));
    }

    private Redemption once(PointsAccount.Key account, RedemptionKey key, long points) {
        jdbc.sql(BOUND_WAIT).update();
        var locked = rows.lock(account).orElseThrow(Redemption::insufficientPoints);
        var hash = Redemption.fingerprint(points);
        return redemptions.find(account, key, hash).orElseGet(() -> carryOut(locked, key, points, hash));
    }

    private Redemption carryOut(PointsAccount account, RedemptionKey key, long points, byte[] hash) {
        if (points > account.balance()) {
            throw Redemption.insufficientPoints();
        }
        var after = account.redeem(points);
        var redemption = new Redemption(
                UUID.randomUUID(),
                account.tenant(),
                account.customer(),
                points,
                after.balance(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        rows.update(List.of(after));
        redemptions.add(redemption, key, hash);
        rows.addEntries(List.of(PointsEntry.redeemed(redemption)));
        events.publish(
                new PointsRedeemed(redemption.id(), redemption.customer(), points, after.balance(), redemption.at()));
        return redemption;
    }
}

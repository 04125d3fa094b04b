package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders.Order;
import dev.orderflow.verify.evidence.Points.Account;
import dev.orderflow.verify.evidence.Points.Entries;
import dev.orderflow.verify.evidence.Service;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each paid order was awarded points once, that those of each order cancelled since were reversed once, and
 * that each entry was published with its points. An account's balance less its debt is the sum of its entries.
 */
final class PointsConserved implements Rule {

    private static final String AWARDED = "AWARDED";
    private static final String REVERSED = "REVERSED";
    private static final List<String> REDEMPTION = List.of("REDEEMED");

    private static final String BALANCE = "balance";
    private static final String DEBT = "debt";

    @Override
    public String promise() {
        return "points are conserved";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var points = evidence.points();
        var orders = evidence.orders().byId();
        points.bySubject().forEach((id, entries) -> {
            if (!entries.kinds().equals(REDEMPTION) && !orders.containsKey(id) && isCovered(entries, evidence)) {
                found.broken(id, "has points but is not an order");
            }
            checkPublished(id, entries, evidence, found);
        });
        for (var order : orders.values()) {
            checkOrder(order, points.bySubject().get(order.id()), evidence, found);
        }
        points.publishedOnly().forEach(key -> found.broken(key, "has loyalty events but no entry"));
        points.unbalanced()
                .forEach(account -> found.broken("account " + account.customer(), "not conserved", judge(account)));
        var totals = points.totals();
        return new Outcome(
                orders.size() + totals.accounts(),
                Map.of(BALANCE, BigDecimal.valueOf(totals.balance()), DEBT, BigDecimal.valueOf(totals.debt())));
    }

    @Override
    public String note(Map<String, BigDecimal> totals) {
        return String.format(
                Locale.ROOT,
                "%,d points, %,d of debt",
                totals.getOrDefault(BALANCE, BigDecimal.ZERO).longValue(),
                totals.getOrDefault(DEBT, BigDecimal.ZERO).longValue());
    }

    /**
     * Checks the points of one order. If it is older than the events of its outbox, loyalty-service may have been installed
     * after its payment.
     */
    private static void checkOrder(Order order, @Nullable Entries entries, Evidence evidence, Findings found) {
        var kinds = entries == null ? List.<String>of() : entries.kinds();
        if (!kinds.isEmpty() && !order.statuses().contains("PAID")) {
            found.broken(order.id(), "has points but was never paid");
        } else if (kinds.isEmpty() && !evidence.outboxes().covers(Service.ORDER, order.placedAt())) {
            return;
        } else if (!kinds.equals(kindsFor(order))) {
            found.unfinished(
                    order.id(),
                    "is " + order.outcome() + " but its points are "
                            + (kinds.isEmpty() ? "missing" : String.join(", ", kinds)));
        } else if (entries != null && kinds.contains(REVERSED) && entries.points() != 0) {
            found.broken(
                    order.id(),
                    "reversed otherwise",
                    "of its award and its reversal " + entries.points() + " points are left");
        }
    }

    private static List<String> kindsFor(Order order) {
        if (!order.statuses().contains("PAID")) {
            return List.of();
        }
        return order.status().equals("CANCELLED") ? List.of(AWARDED, REVERSED) : List.of(AWARDED);
    }

    private static void checkPublished(UUID id, Entries entries, Evidence evidence, Findings found) {
        if (!entries.isPublished() && isCovered(entries, evidence)) {
            found.broken(
                    id,
                    "not published",
                    "its entries are " + entries.recorded() + " but its events are "
                            + (entries.events() == null ? "missing" : entries.events()));
        }
    }

    /** Returns whether the outbox still has the events of the entries. */
    private static boolean isCovered(Entries entries, Evidence evidence) {
        return evidence.outboxes().covers(Service.LOYALTY, entries.at());
    }

    private static String judge(Account account) {
        if (account.balance() - account.debt() != account.points()) {
            return String.format(
                    Locale.ROOT,
                    "its entries sum up to %d, but its balance is %d and its debt %d",
                    account.points(),
                    account.balance(),
                    account.debt());
        }
        return String.format(Locale.ROOT, "has a balance of %d and a debt of %d", account.balance(), account.debt());
    }
}

package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that the customer got exactly one e-mail about each status of each order, and none about anything else. */
final class MailedOnce implements Rule {

    @Override
    public String promise() {
        return "one e-mail per order and status";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders().byId();
        var checked = 0L;
        for (var order : orders.values()) {
            for (var status : order.statuses()) {
                checked++;
                check(order.id(), status, evidence, found);
            }
        }
        evidence.outside()
                .mails()
                .forEach((order, counts) ->
                        counts.keySet().forEach(status -> checkGrounded(order, status, evidence, found)));
        evidence.notifications()
                .sent()
                .forEach((order, statuses) -> statuses.stream()
                        .filter(status -> evidence.outside().mails(order.toString(), status) == 0)
                        .filter(status -> !statusesOf(orders.get(order)).contains(status))
                        .forEach(status ->
                                found.broken(order, "an e-mail was sent that it is " + status + ", but it never was")));
        return new Outcome(checked);
    }

    private static void check(UUID order, String status, Evidence evidence, Findings found) {
        var notifications = evidence.notifications();
        var mails = evidence.outside().mails(order.toString(), status);
        if (mails > 1) {
            found.broken(
                    order,
                    "several are " + status,
                    String.format(Locale.ROOT, "%d e-mails say that it is %s", mails, status));
        } else if (notifications.isUndeliverable(order, status)) {
            return;
        } else if (mails == 1 && !notifications.isSent(order, status)) {
            found.unfinished(order, "the e-mail that it is " + status + " is not recorded");
        } else if (mails == 0) {
            var message = "no e-mail says that it is " + status;
            if (notifications.isSent(order, status)) {
                found.broken(order, message + ", though it is recorded as sent");
            } else {
                found.unfinished(order, message);
            }
        }
    }

    private static void checkGrounded(String order, String status, Evidence evidence, Findings found) {
        if (!statusesOf(evidence.orders().byId().get(id(order))).contains(status)) {
            found.unfinished(id(order), "an e-mail says that it is " + status + ", but it never was");
        }
    }

    private static List<String> statusesOf(Orders.@Nullable Order order) {
        return order == null ? List.of() : order.statuses();
    }

    /** Parses an order's id. The mail sink accepts any text, but ids of Orderflow's orders are UUIDs. */
    private static UUID id(String order) {
        try {
            return UUID.fromString(order);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}

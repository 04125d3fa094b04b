package dev.orderflow.verify.rules;

import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders;
import dev.orderflow.verify.evidence.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks that the customer got exactly one e-mail about each status of each order and each reminder, and none about anything else. */
final class MailedOnce implements Rule {

    /** Occasions of e-mails other than statuses, by the events that have them. */
    private static final Map<String, String> REMINDERS = Map.of(
            Service.typeOf(OrderUnpaid.class), "UNPAID",
            Service.typeOf(OrderFollowUpDue.class), "FOLLOW_UP");

    @Override
    public String promise() {
        return "one e-mail per order and status";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders().byId();
        var checked = 0L;
        for (var order : orders.values()) {
            for (var status : occasionsOf(order)) {
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
                        .filter(status -> !isGrounded(orders.get(order), status, evidence))
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
        if (!isGrounded(evidence.orders().byId().get(id(order)), status, evidence)) {
            found.unfinished(id(order), "an e-mail says that it is " + status + ", but it never was");
        }
    }

    /** Returns whether the e-mail has an occasion. That of reminders is known as long as the outbox has its event. */
    private static boolean isGrounded(Orders.@Nullable Order order, String status, Evidence evidence) {
        return order != null
                && (occasionsOf(order).contains(status)
                        || REMINDERS.containsValue(status)
                                && !evidence.outboxes().covers(Service.ORDER, order.placedAt()));
    }

    private static List<String> occasionsOf(Orders.Order order) {
        var reminders = order.published().stream()
                .map(REMINDERS::get)
                .filter(Objects::nonNull)
                .distinct();
        return Stream.concat(order.statuses().stream(), reminders).toList();
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

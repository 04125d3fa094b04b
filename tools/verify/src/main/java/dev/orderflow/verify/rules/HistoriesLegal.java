package dev.orderflow.verify.rules;

import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders;
import dev.orderflow.verify.evidence.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks that each order made only legal transitions and that each of them was published, once and in order. */
final class HistoriesLegal implements Rule {

    private static final String PLACED = Service.typeOf(OrderPlaced.class);
    private static final String PLACED_V2 = Service.typeOf(OrderPlacedV2.class);
    private static final Set<String> REMINDERS =
            Set.of(Service.typeOf(OrderUnpaid.class), Service.typeOf(OrderFollowUpDue.class));

    @Override
    public String promise() {
        return "order histories are legal and published";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders();
        for (var order : orders.byId().values()) {
            if (!isLegal(order.statuses())) {
                found.broken(order.id(), "illegal", "its history is " + String.join(", ", order.statuses()));
            } else if (!order.statuses().getLast().equals(order.status())) {
                found.broken(
                        order.id(),
                        "incomplete",
                        "is " + order.status() + " but its history ends with "
                                + order.statuses().getLast());
            } else if (evidence.outboxes().covers(Service.ORDER, order.placedAt()) && !isPublished(order)) {
                found.broken(
                        order.id(),
                        "not published",
                        "its history is " + String.join(", ", order.statuses()) + " but its events are "
                                + String.join(", ", order.published()));
            }
        }
        orders.publishedOnly().forEach(key -> found.broken(key, "has events but is not an order"));
        return new Outcome(orders.byId().size());
    }

    private static boolean isLegal(List<String> statuses) {
        if (statuses.isEmpty() || !statuses.getFirst().equals("PLACED")) {
            return false;
        }
        for (var i = 1; i < statuses.size(); i++) {
            if (!Expected.NEXT.getOrDefault(statuses.get(i - 1), Set.of()).contains(statuses.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublished(Orders.Order order) {
        return order.statuses().stream()
                .map(status -> Expected.STATUS_EVENT.getOrDefault(status, status))
                .toList()
                .equals(facts(order.published()));
    }

    /** Returns the published changes, of which one may be version 2, alone or directly after version 1. */
    private static List<String> facts(List<String> published) {
        var facts = new ArrayList<String>();
        var previous = "";
        for (var type : published) {
            if (REMINDERS.contains(type)) {
                continue;
            }
            if (!type.equals(PLACED_V2)) {
                facts.add(type);
            } else if (!previous.equals(PLACED)) {
                facts.add(PLACED);
            }
            previous = type;
        }
        return facts;
    }
}

package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders.Order;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Shipments.Shipment;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each shipment's order was paid, that the carrier has exactly the shipments that shipping-service has, and that
 * each was published. The parcel of a cancelled order is stopped, or had left before.
 */
final class ShippedOnce implements Rule {

    @Override
    public String promise() {
        return "only paid orders are shipped, once";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var shipments = evidence.shipments();
        var orders = evidence.orders().byId();
        for (var shipment : shipments.byOrder().values()) {
            checkOrder(shipment, orders.get(shipment.orderId()), found);
            checkPublished(shipment, evidence, found);
            checkCarrier(shipment, evidence.outside().shipments(), found);
        }
        for (var order : orders.values()) {
            if (order.isShipped() && !shipments.byOrder().containsKey(order.id())) {
                found.unfinished(order.id(), "is " + order.status() + " but has no shipment");
            }
        }
        evidence.outside().shipments().forEach((order, state) -> checkKnown(order, state, evidence, found));
        shipments.publishedOnly().forEach(key -> found.broken(key, "has shipping events but no shipment"));
        return new Outcome(shipments.byOrder().size());
    }

    private static void checkOrder(Shipment shipment, @Nullable Order order, Findings found) {
        if (order == null) {
            found.broken(shipment.orderId(), "has a shipment but is not an order");
        } else if (!order.statuses().contains("PAID")) {
            found.broken(order.id(), "has a shipment but was never paid");
        } else if (order.status().equals("CANCELLED")
                && !shipment.state().equals("STOPPED")
                && !shipment.stopRefused()) {
            found.unfinished(order.id(), "is CANCELLED but its shipment is " + shipment.state());
        } else if (order.status().equals("DELIVERED") && !shipment.state().equals("DELIVERED")) {
            found.unfinished(order.id(), "is DELIVERED but its shipment is " + shipment.state());
        }
    }

    private static void checkPublished(Shipment shipment, Evidence evidence, Findings found) {
        if (evidence.outboxes().covers(Service.SHIPPING, shipment.createdAt())
                && !Expected.isLegal(shipment.state(), shipment.stopRefused(), shipment.published())) {
            found.broken(
                    shipment.orderId(),
                    "not published",
                    "its shipment is " + shipment.state() + " but its events are "
                            + String.join(", ", shipment.published()));
        }
    }

    /** The carrier knows first what becomes of a parcel: then the shipment is still to be tracked. */
    private static void checkCarrier(Shipment shipment, Map<String, String> atCarrier, Findings found) {
        var order = shipment.orderId();
        var state = atCarrier.get(order.toString());
        if (state == null) {
            found.broken(order, "its shipment is " + shipment.state() + " but the carrier has none");
        } else if (!shipment.state().equals("DISPATCHED") && !state.equals(listed(shipment))) {
            found.broken(order, "its shipment is " + shipment.state() + " but the carrier's is " + state);
        }
    }

    private static void checkKnown(String order, String state, Evidence evidence, Findings found) {
        var id = id(order);
        if (!evidence.shipments().byOrder().containsKey(id)) {
            if (evidence.orders().byId().containsKey(id)) {
                found.unfinished(id, "the carrier has a shipment of it, " + state + ", and shipping-service none");
            } else {
                found.broken(order, "the carrier has a shipment of it, " + state + ", but it is not an order");
            }
        }
    }

    /** Returns the state as the carrier lists it, for which a lost parcel is a dispatched one. */
    private static String listed(Shipment shipment) {
        return shipment.state().equals("LOST") ? "DISPATCHED" : shipment.state();
    }

    /** Parses an order's id. The carrier accepts any text, but ids of Orderflow's orders are UUIDs. */
    private static UUID id(String order) {
        try {
            return UUID.fromString(order);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}

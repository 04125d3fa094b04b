package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders.Order;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Shipments.Shipment;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks that each order has the shipment that its status requires, that the carrier has exactly the shipments that
 * shipping-service has, and that each was published. A parcel leaves only once its order is {@code SHIPPED}, so that of an
 * order cancelled before can always be stopped.
 */
final class ShippedOnce implements Rule {

    private static final String MISSING = "missing";

    @Override
    public String promise() {
        return "paid orders, and no others, are shipped once";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var shipments = evidence.shipments();
        var orders = evidence.orders().byId();
        for (var shipment : shipments.byOrder().values()) {
            if (!orders.containsKey(shipment.orderId())) {
                found.broken(shipment.orderId(), "has a shipment but is not an order");
            }
            checkPublished(shipment, evidence, found);
            checkCarrier(shipment, evidence.outside().shipments(), found);
        }
        for (var order : orders.values()) {
            var atCarrier = evidence.outside().shipments().get(order.id().toString());
            checkOrder(order, shipments.byOrder().get(order.id()), atCarrier, found);
        }
        evidence.outside().shipments().forEach((order, state) -> checkKnown(order, state, evidence, found));
        shipments.publishedOnly().forEach(key -> found.broken(key, "has shipping events but no shipment"));
        return new Outcome(orders.size());
    }

    private static void checkOrder(
            Order order, @Nullable Shipment shipment, @Nullable String atCarrier, Findings found) {
        if (shipment != null && !order.statuses().contains("PAID")) {
            found.broken(order.id(), "has a shipment but was never paid");
        } else if (shipment != null && shipment.stopRefused()) {
            found.broken(order.id(), "the carrier refused to stop its parcel");
        } else if (order.status().equals("CANCELLED") && "DELIVERED".equals(atCarrier)) {
            found.broken(order.id(), "is " + order.outcome() + " but its parcel was delivered");
        } else if (!statesFor(order).contains(state(shipment))) {
            found.unfinished(order.id(), "is " + order.outcome() + " but its shipment is " + state(shipment));
        }
    }

    private static Set<String> statesFor(Order order) {
        return switch (order.status()) {
            case "PLACED", "RESERVED" -> Set.of(MISSING);
            // Its parcel is yet to be registered, or its status to follow.
            case "PAID" -> Set.of();
            case "SHIPPED" -> Set.of("DISPATCHED");
            case "DELIVERED" -> Set.of("DELIVERED");
            default ->
                switch (String.valueOf(order.reason())) {
                    case "PARCEL_LOST" -> Set.of("LOST");
                    case "PARCEL_STOPPED" -> Set.of("STOPPED");
                    default -> Set.of(MISSING, "STOPPED");
                };
        };
    }

    private static String state(@Nullable Shipment shipment) {
        return shipment == null ? MISSING : shipment.state();
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

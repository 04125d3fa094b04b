package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders;
import dev.orderflow.verify.evidence.Reservations.Reservation;
import dev.orderflow.verify.evidence.Service;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that the warehouse did what each order requires, once, and published it. */
final class ReservedOnce implements Rule {

    private static final String MISSING = "missing";

    @Override
    public String promise() {
        return "each order has its stock, once";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders().byId();
        var reservations = evidence.reservations();
        for (var reservation : reservations.byOrder().values()) {
            var order = orders.get(reservation.orderId());
            if (order == null) {
                found.broken(reservation.orderId(), "has a reservation but is not an order");
            } else if (!hasLinesOf(reservation, order)) {
                found.broken(order.id(), "its reservation has other lines than the order");
            } else if (evidence.outboxes().covers(Service.INVENTORY, reservation.createdAt())
                    && !Expected.RESERVATION_EVENTS
                            .getOrDefault(reservation.state(), Set.of())
                            .contains(reservation.published())) {
                found.broken(
                        order.id(),
                        "not published",
                        "its reservation is " + reservation.state() + " but its events are "
                                + String.join(", ", reservation.published()));
            }
        }
        for (var order : orders.values()) {
            var state = state(reservations.byOrder().get(order.id()));
            if (!statesFor(order).contains(state)) {
                found.unfinished(order.id(), "is " + order.outcome() + " but its reservation is " + state);
            }
        }
        reservations.publishedOnly().forEach(key -> found.broken(key, "has stock events but no reservation"));
        return new Outcome(orders.size());
    }

    private static boolean hasLinesOf(Reservation reservation, Orders.Order order) {
        return reservation.state().equals("REJECTED")
                ? reservation.lines().signum() == 0
                : reservation.lines().compareTo(order.lines()) == 0;
    }

    private static Set<String> statesFor(Orders.Order order) {
        return switch (order.status()) {
            case "PLACED" -> Set.of("RESERVED", "REJECTED");
            case "RESERVED" -> Set.of("RESERVED");
            case "PAID", "SHIPPED", "DELIVERED" -> Set.of("COMMITTED");
            default ->
                switch (String.valueOf(order.reason())) {
                    case "OUT_OF_STOCK" -> Set.of("REJECTED");
                    case "PAYMENT_DECLINED", "PARCEL_STOPPED" -> Set.of("RELEASED");
                    // The goods are gone.
                    case "PARCEL_LOST" -> Set.of("COMMITTED");
                    // Nothing is reserved any more for an order whose deadline has passed.
                    default ->
                        order.isOverdue() ? Set.of("RELEASED", "REJECTED", MISSING) : Set.of("RELEASED", "REJECTED");
                };
        };
    }

    private static String state(@Nullable Reservation reservation) {
        return reservation == null ? MISSING : reservation.state();
    }
}

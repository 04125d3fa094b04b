package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.OutsideWorld;
import dev.orderflow.verify.evidence.Payments.Payment;
import dev.orderflow.verify.evidence.Service;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks that the provider has exactly the payments that payment-service has, one per order, and that each was published. */
final class ChargedOnce implements Rule {

    @Override
    public String promise() {
        return "each order is charged once at the provider";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var payments = evidence.payments();
        var atProvider = evidence.outside().payments();
        for (var payment : payments.byOrder().values()) {
            check(payment, atProvider.getOrDefault(payment.orderId().toString(), List.of()), evidence, found);
        }
        for (var entry : atProvider.entrySet()) {
            checkKnown(entry.getKey(), entry.getValue(), evidence, found);
        }
        payments.publishedOnly().forEach(key -> found.broken(key, "has payment events but no payment"));
        return new Outcome(atProvider.size());
    }

    private static void check(
            Payment payment, List<OutsideWorld.Payment> atProvider, Evidence evidence, Findings found) {
        var order = payment.orderId();
        if (!Expected.PAYMENT_EVENTS.getOrDefault(payment.state(), Set.of()).contains(payment.published())
                && evidence.outboxes().covers(Service.PAYMENT, payment.createdAt())) {
            found.broken(
                    order,
                    "not published",
                    "its payment is " + payment.state() + " but its events are "
                            + String.join(", ", payment.published()));
        }
        if (atProvider.isEmpty()) {
            found.broken(order, "its payment is " + payment.state() + " but the provider has none");
        } else if (atProvider.size() == 1 && !atProvider.getFirst().state().equals(payment.state())) {
            found.unfinished(
                    order,
                    "its payment is " + payment.state() + " but the provider's is "
                            + atProvider.getFirst().state());
        }
    }

    private static void checkKnown(
            String order, List<OutsideWorld.Payment> atProvider, Evidence evidence, Findings found) {
        if (atProvider.size() > 1) {
            found.broken(order, "charged again", "the provider has " + atProvider.size() + " payments of it");
        }
        var id = id(order);
        if (!evidence.payments().byOrder().containsKey(id)) {
            var state = atProvider.getFirst().state();
            if (evidence.orders().byId().containsKey(id)) {
                found.unfinished(id, "the provider has a payment of it, " + state + ", and payment-service none");
            } else {
                found.broken(order, "the provider has a payment of it, " + state + ", but it is not an order");
            }
        }
    }

    /** Parses an order's id. The provider accepts any text, but ids of Orderflow's orders are UUIDs. */
    private static UUID id(String order) {
        try {
            return UUID.fromString(order);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}

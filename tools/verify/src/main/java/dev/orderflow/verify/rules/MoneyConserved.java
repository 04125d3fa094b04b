package dev.orderflow.verify.rules;

import static java.util.stream.Collectors.joining;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders.Order;
import dev.orderflow.verify.evidence.OutsideWorld;
import dev.orderflow.verify.evidence.Payments.Payment;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the cost of paid orders equals the amounts captured and not refunded, both in payment-service and at the
 * provider. It compares order by order, so that opposite errors do not cancel out. {@link ChargedOnce} covers the
 * number of charges.
 */
final class MoneyConserved implements Rule {

    @Override
    public String promise() {
        return "money is conserved";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders().byId();
        var paid = new TreeMap<String, BigDecimal>();
        for (var order : orders.values()) {
            var payment = evidence.payments().byOrder().get(order.id());
            if (order.isPaid()) {
                paid.merge(order.currency(), order.total(), BigDecimal::add);
            }
            if (!order.isPriced()) {
                found.broken(order.id(), "its lines do not add up to its total of " + money(order));
            }
            if (!statesFor(order).contains(state(payment))) {
                found.unfinished(order.id(), "is " + order.outcome() + " but its payment is " + state(payment));
            }
            if (payment != null && !isSame(order, payment.amount(), payment.currency())) {
                found.broken(
                        order.id(),
                        "costs " + money(order) + " but its payment is of " + payment.amount() + " "
                                + payment.currency());
            }
            for (var charge : evidence.outside().payments(order.id().toString())) {
                checkCharge(order, charge, found);
            }
        }
        evidence.payments().byOrder().keySet().stream()
                .filter(id -> !orders.containsKey(id))
                .forEach(id -> found.broken(id, "has a payment but is not an order"));
        return new Outcome(orders.size(), paid);
    }

    @Override
    public String note(Map<String, BigDecimal> totals) {
        return totals.entrySet().stream()
                .map(sum -> String.format(Locale.ROOT, "%s %,.2f paid", sum.getKey(), sum.getValue()))
                .collect(joining(", "));
    }

    private static void checkCharge(Order order, OutsideWorld.Payment charge, Findings found) {
        var amount = charge.amount();
        if (!isSame(order, amount.amount(), amount.currency())) {
            found.broken(
                    order.id(),
                    "costs " + money(order) + " but the provider's payment is of " + amount.amount() + " "
                            + amount.currency());
        }
    }

    private static Set<String> statesFor(Order order) {
        return switch (order.status()) {
            case "PLACED" -> Set.of("missing");
            case "RESERVED" -> Set.of("missing", "CAPTURED", "DECLINED");
            case "PAID", "SHIPPED", "DELIVERED" -> Set.of("CAPTURED");
            default ->
                switch (String.valueOf(order.reason())) {
                    case "PAYMENT_DECLINED" -> Set.of("DECLINED");
                    case "PARCEL_LOST", "PARCEL_STOPPED" -> Set.of("REFUNDED");
                    default -> Set.of("missing", "DECLINED", "REFUNDED");
                };
        };
    }

    private static String state(@Nullable Payment payment) {
        return payment == null ? "missing" : payment.state();
    }

    private static boolean isSame(Order order, BigDecimal amount, String currency) {
        return order.currency().equals(currency) && order.total().compareTo(amount) == 0;
    }

    private static String money(Order order) {
        return order.total() + " " + order.currency();
    }
}

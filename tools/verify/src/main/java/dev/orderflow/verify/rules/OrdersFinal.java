package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;

/** Checks that every order ends or has an event in flight. */
final class OrdersFinal implements Rule {

    @Override
    public String promise() {
        return "every order is final, or in flight";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders().byId();
        for (var order : orders.values()) {
            if (!order.isFinal()) {
                found.unfinished(order.id(), "is " + order.status());
            }
        }
        return new Outcome(orders.size());
    }
}

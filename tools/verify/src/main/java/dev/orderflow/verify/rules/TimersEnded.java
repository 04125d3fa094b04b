package dev.orderflow.verify.rules;

import dev.orderflow.verify.evidence.Evidence;
import dev.orderflow.verify.evidence.Orders;
import dev.orderflow.verify.evidence.Service;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks that an order waits for at most one time, and for none once it is final: its timers have fired or are cancelled. */
final class TimersEnded implements Rule {

    @Override
    public String promise() {
        return "every time-out has fired or is cancelled";
    }

    @Override
    public Outcome check(Evidence evidence, Findings found) {
        var orders = evidence.orders();
        orders.timers().forEach((id, timers) -> check(id, timers, orders.byId().get(id), found));
        return new Outcome(orders.byId().size());
    }

    private static void check(UUID id, Orders.Timers timers, Orders.@Nullable Order order, Findings found) {
        if (order == null) {
            found.broken(id, "has a time-out but is not an order");
        } else if (order.isFinal()) {
            found.broken(id, "still scheduled", "is " + order.status() + " and its time-out is still scheduled");
        } else if (timers.scheduled() > 1) {
            found.broken(id, "several", String.format(Locale.ROOT, "%d time-outs are scheduled", timers.scheduled()));
        } else if (timers.isDue()) {
            found.add(Finding.waiting(id.toString(), "its time-out is due", Service.ORDER));
        }
    }
}

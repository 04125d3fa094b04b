package dev.orderflow.demo.client.replay;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** Durations and final statuses of a replay's orders. */
record ReplayResult(Placement.Placed placed, List<Order> orders, Set<UUID> open) {

    /** {@return whether every invoice became an order, and every order is final} */
    boolean complete() {
        return placed.refusals().total() == 0
                && placed.missing() == 0
                && open.isEmpty()
                && orders.size() == placed.orderIds().size();
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "accepted   %,d orders in %.1f s: %.0f orders/s; response to POST p50 %,d ms, p99 %,d ms (measured here)%n",
                placed.orderIds().size(),
                seconds(placed.took()),
                perSecond(placed.orderIds().size(), placed.took()),
                placed.latency().getValueAtPercentile(50),
                placed.latency().getValueAtPercentile(99));
        placed.refusals().print(out);
        if (placed.missing() != 0) {
            out.printf(
                    Locale.ROOT,
                    "missing    %,d: the response has an order that another invoice has got, too%n",
                    placed.missing());
        }
        lastFinal().ifPresent(last -> {
            var took = Duration.between(placed.begin(), last);
            out.printf(
                    Locale.ROOT,
                    "final      %,d orders in %.1f s: %.0f orders/s%n",
                    orders.size() - open.size(),
                    seconds(took),
                    perSecond(orders.size() - open.size(), took));
        });
        var toPaid = toPaid();
        if (toPaid.getTotalCount() > 0) {
            out.printf(
                    Locale.ROOT,
                    "to PAID    p50 %,d ms, p99 %,d ms, max %,d ms"
                            + " (from the order's placedAt to its PAID, both by order-service's clock)%n",
                    toPaid.getValueAtPercentile(50),
                    toPaid.getValueAtPercentile(99),
                    toPaid.getMaxValue());
        }
        outcomes().forEach((outcome, count) -> out.printf(Locale.ROOT, "%-10s %,d%n", outcome, count));
        open.stream()
                .limit(1)
                .forEach(first -> out.printf(Locale.ROOT, "not final  %,d, such as order %s%n", open.size(), first));
    }

    private TreeMap<String, Long> outcomes() {
        return orders.stream().collect(groupingBy(ReplayResult::outcome, TreeMap::new, counting()));
    }

    /** Parcels are still on their way when a replay ends, so that a paid order is one whatever became of it since. */
    private static String outcome(Order order) {
        if (order.reason() != null) {
            return order.status() + " " + order.reason();
        }
        return order.status().isSettled()
                ? OrderStatus.PAID.name()
                : order.status().name();
    }

    private Histogram toPaid() {
        var histogram = new Histogram(3);
        for (var order : orders) {
            order.reached(OrderStatus.PAID)
                    .ifPresent(paid -> histogram.recordValue(
                            Math.max(0, Duration.between(order.placedAt(), paid).toMillis())));
        }
        return histogram;
    }

    private Optional<Instant> lastFinal() {
        return orders.stream()
                .filter(order -> order.status().isSettled())
                .flatMap(order -> order.history().stream()
                        .filter(change -> change.status().isSettled())
                        .map(Order.Change::at)
                        .limit(1))
                .max(Comparator.naturalOrder());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double perSecond(int count, Duration duration) {
        return count / Math.max(0.001, seconds(duration));
    }
}

package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Places one order per invoice, as fast as they are accepted. An order that was not answered is placed again with the same
 * Idempotency-Key, so a service that is killed in the middle of it makes no order disappear and none come twice.
 */
final class Placement {

    private final ShopClient shop;
    private final Patience patience;
    private final Crowd crowd;
    private final Clock clock;

    Placement(ShopClient shop, Patience patience, Crowd crowd, Clock clock) {
        this.shop = shop;
        this.patience = patience;
        this.crowd = crowd;
        this.clock = clock;
    }

    /** @param run tells the orders of this run from those of an earlier one over the same file */
    Placed place(List<RetailOrders.Invoice> invoices, String run) {
        var accepted = ConcurrentHashMap.<UUID>newKeySet();
        var refusals = new ConcurrentHashMap<String, AtomicInteger>();
        var latency = new ConcurrentHistogram(3);
        var begin = clock.instant();
        crowd.forEach("orders", invoices, invoice -> {
            var sent = clock.instant();
            try {
                var order = patience.call(() -> shop.place(invoice.order(), "replay-" + run + "-" + invoice.number()));
                accepted.add(order.orderId());
                latency.recordValue(Duration.between(sent, clock.instant()).toMillis());
            } catch (RefusedException e) {
                count(refusals, e.code() + ": " + e.getMessage());
            } catch (ShopAwayException e) {
                count(refusals, "gave up: " + e.getMessage());
            }
        });
        return new Placed(accepted, refusals, latency, begin, Duration.between(begin, clock.instant()));
    }

    private static void count(Map<String, AtomicInteger> refusals, String reason) {
        refusals.computeIfAbsent(reason, first -> new AtomicInteger()).incrementAndGet();
    }

    /**
     * What came of it.
     *
     * @param orderIds of the accepted orders
     * @param refusals reasons with their numbers
     * @param latency  from sending an order, first try, to its acceptance; milliseconds
     */
    record Placed(
            Set<UUID> orderIds, Map<String, AtomicInteger> refusals, Histogram latency, Instant begin, Duration took) {}
}

package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.client.ShopAwayException;
import dev.orderflow.demo.client.ShopClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Places one order per invoice, as fast as they are accepted. An order without response is placed again with the same
 * Idempotency-Key, so that a service killed in between neither loses nor duplicates orders.
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

    /**
     * Places all orders. Never throws for one invoice: each gets an order in the end or is among the refusals.
     *
     * @param run distinguishes the orders of this run from those of an earlier one over the same file
     */
    Placed place(List<RetailOrders.Invoice> invoices, String run) {
        var accepted = ConcurrentHashMap.<UUID>newKeySet();
        var refusals = new Refusals();
        var latency = new ConcurrentHistogram(3);
        var begin = clock.instant();
        crowd.forEach("orders", numbered(invoices, run), attempt -> {
            var sent = clock.instant();
            var invoice = attempt.invoice();
            try {
                var order = patience.call(() -> shop.place(invoice.order(), attempt.idempotencyKey()));
                accepted.add(order.orderId());
                latency.recordValue(
                        Math.max(0, Duration.between(sent, clock.instant()).toMillis()));
            } catch (RefusedException e) {
                refusals.add(e.code() + ": " + e.getMessage(), invoice.number());
            } catch (ShopAwayException e) {
                refusals.add("gave up: " + e.getMessage(), invoice.number());
            } catch (RuntimeException e) {
                refusals.add("failed: " + e, invoice.number());
            }
        });
        return new Placed(
                invoices.size(), accepted, refusals, latency, begin, Duration.between(begin, clock.instant()));
    }

    private record Attempt(RetailOrders.Invoice invoice, String idempotencyKey) {}

    /**
     * Assigns idempotency keys by position in the file. Invoice numbers may be any text, but a header allows visible
     * ASCII only, and HTTP clients map many other characters to the same one.
     */
    private static List<Attempt> numbered(List<RetailOrders.Invoice> invoices, String run) {
        return IntStream.range(0, invoices.size())
                .mapToObj(place -> new Attempt(invoices.get(place), "replay-" + run + "-" + place))
                .toList();
    }

    /**
     * Result of placing the orders.
     *
     * @param asked number of orders to place
     * @param orderIds of the accepted orders
     * @param refusals of the others
     * @param latency from the first request for an order to its acceptance; milliseconds
     */
    record Placed(int asked, Set<UUID> orderIds, Refusals refusals, Histogram latency, Instant begin, Duration took) {

        /** Returns the number of invoices whose order another invoice has got, too. */
        long missing() {
            return asked - orderIds.size() - refusals.total();
        }
    }
}

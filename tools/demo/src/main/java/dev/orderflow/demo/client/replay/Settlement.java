package dev.orderflow.demo.client.replay;

import dev.orderflow.demo.client.Order;
import dev.orderflow.demo.client.OrderStatus;
import dev.orderflow.demo.client.Page;
import dev.orderflow.demo.client.Patience;
import dev.orderflow.demo.client.ShopClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Waits until a large number of orders are final, without a request for each. */
final class Settlement {

    private static final int PAGE = 100;
    private static final Duration LONG_POLL = Duration.ofSeconds(2);

    private final ShopClient shop;
    private final Patience patience;
    private final Clock clock;

    Settlement(ShopClient shop, Patience patience, Clock clock) {
        this.shop = shop;
        this.patience = patience;
        this.clock = clock;
    }

    /** Returns those of {@code orderIds} that are still not final after {@code atMost}. */
    Set<UUID> await(Set<UUID> orderIds, Duration atMost) {
        var deadline = clock.instant().plus(atMost);
        try (var bar = new ProgressBarBuilder()
                .setTaskName("final")
                .setInitialMax(orderIds.size())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .build()) {
            while (true) {
                var open = open(orderIds);
                bar.stepTo(orderIds.size() - open.size());
                if (open.isEmpty() || clock.instant().isAfter(deadline)) {
                    return open;
                }
                var oldest = open.iterator().next();
                patience.call(() -> shop.await(oldest, OrderStatus.SETTLED, LONG_POLL));
            }
        }
    }

    /** Returns the orders with their histories. */
    List<Order> read(Set<UUID> orderIds) {
        var wanted = new HashSet<>(orderIds);
        var found = new ArrayList<Order>(orderIds.size());
        var pages = new Pages(null);
        while (!wanted.isEmpty() && pages.hasNext()) {
            for (var order : pages.next()) {
                if (wanted.remove(order.orderId())) {
                    found.add(order);
                }
            }
        }
        return found;
    }

    /**
     * Returns the orders that are not final. It lists statuses in the order in which orders pass through them: an order
     * that moves on between two requests is seen twice, never missed.
     */
    private Set<UUID> open(Set<UUID> orderIds) {
        var open = new HashSet<UUID>();
        for (var status : List.of(OrderStatus.PLACED, OrderStatus.RESERVED)) {
            var pages = new Pages(status);
            while (pages.hasNext()) {
                pages.next().stream()
                        .map(Order::orderId)
                        .filter(orderIds::contains)
                        .forEach(open::add);
            }
        }
        return open;
    }

    /** Iterates over the list of orders, newest first. */
    private final class Pages {

        private final @Nullable OrderStatus status;
        private @Nullable String cursor;
        private boolean end;

        private Pages(@Nullable OrderStatus status) {
            this.status = status;
        }

        private boolean hasNext() {
            return !end;
        }

        private Collection<Order> next() {
            Page<Order> page = patience.call(() -> shop.list(status, PAGE, cursor));
            cursor = page.nextCursor();
            end = cursor == null;
            return page.items();
        }
    }
}

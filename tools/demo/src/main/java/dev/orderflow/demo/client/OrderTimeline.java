package dev.orderflow.demo.client;

import dev.orderflow.demo.terminal.ForeignText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Follows one order and prints each status change. */
final class OrderTimeline {

    /** Duration of one long poll; short enough to notice an unavailable service. */
    private static final Duration LONG_POLL = Duration.ofSeconds(5);

    private final ShopClient shop;
    private final Clock clock;
    private final PrintWriter out;

    OrderTimeline(ShopClient shop, Clock clock, PrintWriter out) {
        this.shop = shop;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Returns the order when it is final, or its state when {@code atMost} has passed. Tolerates a restart of
     * order-service in the meantime.
     *
     * @throws ShopAwayException when it stays unavailable
     */
    Order follow(Order placed, Duration atMost) {
        var deadline = clock.instant().plus(atMost);
        var patience = new Patience(atMost);
        var current = placed;
        var printed = print(current, 0);
        while (!current.status().isFinal() && clock.instant().isBefore(deadline)) {
            var wait = shorter(LONG_POLL, Duration.between(clock.instant(), deadline));
            var known = current;
            current = patience.call(
                    () -> shop.await(known.orderId(), known.status().others(), wait.plusSeconds(1)));
            printed = print(current, printed);
        }
        return current;
    }

    /**
     * Prints new entries of the history. Several changes may have happened during one poll, so the status alone is not
     * enough.
     */
    private int print(Order order, int alreadyPrinted) {
        for (var change :
                order.history().subList(alreadyPrinted, order.history().size())) {
            var line =
                    String.format(Locale.ROOT, "  %-9s  %9s", change.status(), offset(order.placedAt(), change.at()));
            out.println(change.reason() == null ? line : line + "  " + ForeignText.line(change.reason()));
        }
        out.flush();
        return order.history().size();
    }

    private static String offset(Instant placedAt, Instant at) {
        return String.format(
                Locale.ROOT, "+%,d ms", Duration.between(placedAt, at).toMillis());
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}

package dev.orderflow.order.ordering;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.order.catalog.Catalog;
import dev.orderflow.order.catalog.Product;
import dev.orderflow.order.idempotency.Claim;
import dev.orderflow.order.idempotency.IdempotencyKeys;
import dev.orderflow.order.ordering.Placement.Outcome;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happens in a transaction that places orders. Must be called in one. */
@Component
class PlacementTransaction {

    /** A server may take long to notice that nobody is at the other end of a connection. */
    private static final String DO_NOT_WAIT_FOR_LONG = "SET LOCAL lock_timeout = '5s'";

    private final JdbcClient jdbc;
    private final OrderRepository orders;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final OrderReader reader;
    private final OrderAnnouncements announcements;
    private final Clock clock;

    PlacementTransaction(
            JdbcClient jdbc,
            OrderRepository orders,
            Catalog catalog,
            IdempotencyKeys keys,
            OrderReader reader,
            OrderAnnouncements announcements,
            Clock clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.catalog = catalog;
        this.keys = keys;
        this.reader = reader;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** What comes of each, in the same order, if the transaction commits. One query reads all prices. */
    List<Outcome> place(List<Placement> group) {
        var skus = group.stream()
                .flatMap(placement -> placement.request().skus().stream())
                .collect(Collectors.toSet());
        var products = catalog.find(skus);
        return group.stream().map(placement -> outcome(placement, products)).toList();
    }

    /**
     * Places an order unless another transaction has done so. One that may still do so is waited for, but not for long.
     *
     * @throws Refusal as for an order that is placed for the first time
     */
    OrderView placeUnlessPlaced(Placement placement) {
        jdbc.sql(DO_NOT_WAIT_FOR_LONG).update();
        return placed(placement)
                .orElseGet(
                        () -> place(placement, catalog.find(placement.request().skus())));
    }

    /** The order if it is in the database. */
    Optional<OrderView> placed(Placement placement) {
        return orders.findWithLines(placement.id())
                .map(order -> OrderView.of(order).asPlaced());
    }

    private Outcome outcome(Placement placement, Map<String, Product> products) {
        try {
            return new Outcome.Placed(place(placement, products));
        } catch (Refusal e) {
            return new Outcome.Failed(e);
        }
    }

    private OrderView place(Placement placement, Map<String, Product> products) {
        var key = placement.idempotencyKey();
        if (key == null) {
            return placeNew(placement, products);
        }
        return switch (keys.claim(key, placement.request().fingerprint(), placement.id())) {
            case Claim.Granted _ -> placeWithKey(key, placement, products);
            case Claim.AlreadyDone(var orderId) -> reader.get(orderId).asPlaced();
            case Claim.InProgress _ ->
                throw Refusal.conflict(
                        "request_in_progress", "A request with this Idempotency-Key is running; repeat yours later.");
            case Claim.TakenByOtherRequest _ ->
                throw Refusal.unacceptable(
                        "idempotency_key_reused",
                        "This Idempotency-Key was used for a different order.",
                        new Violation("Idempotency-Key", "must be new for each order"));
        };
    }

    /** A refused order leaves its key unused. The others of its group go on, so the transaction does not undo the claim. */
    private OrderView placeWithKey(String key, Placement placement, Map<String, Product> products) {
        try {
            return placeNew(placement, products);
        } catch (Refusal e) {
            keys.release(key);
            throw e;
        }
    }

    private OrderView placeNew(Placement placement, Map<String, Product> products) {
        var request = placement.request();
        var quote = Quote.of(request.lines(), products);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var order = orders.save(Order.place(placement.id(), request, quote, now));
        announcements.announce(order);
        return OrderView.of(order);
    }
}

package dev.orderflow.order.ordering;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.orderflow.order.catalog.Catalog;
import dev.orderflow.order.idempotency.Claim;
import dev.orderflow.order.idempotency.IdempotencyKeys;
import dev.orderflow.order.refusal.Refusal;
import dev.orderflow.order.refusal.Violation;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places orders. */
@Service
class OrderPlacement {

    private final OrderRepository orders;
    private final Catalog catalog;
    private final IdempotencyKeys keys;
    private final OrderReader reader;
    private final OrderAnnouncements announcements;
    private final Clock clock;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    OrderPlacement(
            OrderRepository orders,
            Catalog catalog,
            IdempotencyKeys keys,
            OrderReader reader,
            OrderAnnouncements announcements,
            Clock clock) {
        this.orders = orders;
        this.catalog = catalog;
        this.keys = keys;
        this.reader = reader;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Places an order at the catalog's prices. With an idempotency key that was used before for the same request, places
     * none and returns what was returned then.
     *
     * @throws Refusal when the catalog cannot serve the order, or the key is in use
     */
    @Transactional
    public OrderView place(PlaceOrder request, @Nullable String idempotencyKey) {
        var id = ids.generate();
        if (idempotencyKey == null) {
            return place(id, request);
        }
        return switch (keys.claim(idempotencyKey, request.fingerprint(), id)) {
            case Claim.Granted _ -> place(id, request);
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

    private OrderView place(UUID id, PlaceOrder request) {
        var quote = Quote.of(request.lines(), catalog.find(request.skus()));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var order = orders.save(Order.place(id, request, quote, now));
        announcements.announce(order);
        return OrderView.of(order);
    }
}

package dev.orderflow.inventory.stock;

import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.UUID;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The handlers with maps instead of tables, and a list instead of the outbox. */
class InMemoryWarehouse {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final Map<String, StockItem> items = new LinkedHashMap<>();
    final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
    final List<DomainEvent> published = new ArrayList<>();
    final List<DomainEvent> alerts = new ArrayList<>();
    final List<EventContext> contextsOfAlerts = new ArrayList<>();
    final List<List<String>> locks = new ArrayList<>();
    private StockBatch batch = newBatch();
    private final StockEventHandlers handlers =
            new StockEventHandlers(() -> batch, published::add, lowStock(), Clock.fixed(NOW, ZoneOffset.UTC));

    void stock(String sku, long available) {
        items.put(sku, new StockItem(sku, available));
    }

    StockLevel level(String sku) {
        return StockLevel.of(Objects.requireNonNull(items.get(sku)));
    }

    /** Consumes the events as one batch, in one transaction. */
    void handle(OrderEvent... events) {
        batch = newBatch();
        TransactionSynchronizationManager.initSynchronization();
        try {
            handlers.load(List.of(events));
            for (var event : events) {
                call(event);
            }
        } finally {
            TransactionSynchronizationManager.clearSynchronization();
        }
    }

    /** Calls the handler without loading a batch first. */
    void call(OrderEvent event) {
        switch (event) {
            case OrderPlacedV2 placed -> handlers.reserve(placed);
            case OrderPlaced older -> throw new IllegalArgumentException("no handler receives " + older);
            case OrderPaid paid -> handlers.commit(paid);
            case OrderCancelled cancelled -> handlers.release(cancelled);
            case OrderReserved _, OrderUnpaid _, OrderShipped _, OrderDelivered _, OrderFollowUpDue _ -> {}
        }
    }

    /** Announces apart from {@link #published}, which has the answers to orders only. */
    private LowStock lowStock() {
        return new LowStock(
                alert -> {
                    alerts.add(alert);
                    contextsOfAlerts.add(EventContext.current());
                },
                new LowStockProperties(5),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private StockBatch newBatch() {
        return new StockBatch(new Stocks(), new Reservations());
    }

    /** Returns the stored objects themselves, so that nothing has to be written. */
    private class Stocks extends StockRows {

        private Stocks() {
            super(mock());
        }

        @Override
        List<StockItem> lock(SortedSet<String> skus) {
            locks.add(List.copyOf(skus));
            return skus.stream().map(items::get).filter(Objects::nonNull).toList();
        }
    }

    private class Reservations implements ReservationRepository {

        @Override
        public Reservation save(Reservation reservation) {
            reservations.put(reservation.orderId(), reservation);
            return reservation;
        }

        @Override
        public List<Reservation> findWithLines(Collection<UUID> orderIds) {
            return orderIds.stream()
                    .map(reservations::get)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }
}

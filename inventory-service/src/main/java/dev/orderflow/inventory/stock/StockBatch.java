package dev.orderflow.inventory.stock;

import static java.util.stream.Collectors.toCollection;

import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderDelivered;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderFollowUpDue;
import dev.orderflow.events.order.OrderLine;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlaced;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.order.OrderReserved;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.events.order.OrderUnpaid;
import dev.orderflow.events.order.PricedOrderLine;
import dev.orderflow.inventory.transaction.TransactionScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The stock and the reservations that one inbox transaction works on.
 * <p>
 * A batch may contain hundreds of orders for the same few products, and several batches run at once. Two rules prevent
 * deadlocks and overselling of a hot product. First, {@link #load} locks the rows of <em>all</em> events of the batch,
 * in sku order, before the first of them takes effect. Second, each row is loaded once: a product in a hundred orders
 * is counted in memory and written once, just before the commit. The reservations are read before the stock, because a
 * paid or cancelled order does not repeat its lines. If a reservation changes in between, its version makes the flush
 * fail, and the batch is repeated.
 * <p>
 * Locking further rows after {@link #load} would reintroduce the deadlock. Orders and skus that are not part of the
 * batch are therefore refused.
 */
@Component
@Scope(TransactionScope.TRANSACTION)
class StockBatch {

    private final StockRows stocks;
    private final ReservationRepository reservations;

    private final Set<UUID> orders = new HashSet<>();
    private final Map<UUID, Reservation> reservationByOrder = new HashMap<>();
    private @Nullable LockedStock stock;

    StockBatch(StockRows stocks, ReservationRepository reservations) {
        this.stocks = stocks;
        this.reservations = reservations;
    }

    /**
     * Reads the reservations and locks the stock of {@code events}. Call it once per transaction, before anything else.
     */
    void load(List<OrderEvent> events) {
        if (stock != null) {
            throw new IllegalStateException("a transaction loads its stock once");
        }
        events.forEach(event -> orders.add(event.orderId()));
        reservations.findWithLines(orders).forEach(found -> reservationByOrder.put(found.orderId(), found));
        var skus = events.stream().flatMap(this::skusOf).collect(toCollection(TreeSet::new));
        var locked = new LockedStock(skus, stocks.lock(skus));
        TransactionSynchronizationManager.registerSynchronization(new Writing(locked));
        stock = locked;
    }

    /** Returns the locked stock of the batch. */
    LockedStock stock() {
        if (stock == null) {
            throw new IllegalStateException("the stock of this transaction was not loaded");
        }
        return stock;
    }

    /** Returns the order's reservation; empty if it has none yet. */
    Optional<Reservation> reservationOf(UUID orderId) {
        if (!orders.contains(orderId)) {
            throw new IllegalStateException("order " + orderId + " is not part of the batch");
        }
        return Optional.ofNullable(reservationByOrder.get(orderId));
    }

    /** Stores a new reservation, which is visible to later events of the batch. */
    void add(Reservation reservation) {
        reservationByOrder.put(reservation.orderId(), reservations.save(reservation));
    }

    private Stream<String> skusOf(OrderEvent event) {
        return switch (event) {
            case OrderPlacedV2 placed -> placed.lines().stream().map(PricedOrderLine::sku);
            case OrderPlaced older -> older.lines().stream().map(OrderLine::sku);
            case OrderPaid paid -> heldSkus(paid.orderId());
            case OrderCancelled cancelled -> heldSkus(cancelled.orderId());
            case OrderReserved _, OrderUnpaid _, OrderShipped _, OrderDelivered _, OrderFollowUpDue _ -> Stream.empty();
        };
    }

    private Stream<String> heldSkus(UUID orderId) {
        var reservation = reservationByOrder.get(orderId);
        return reservation == null ? Stream.empty() : reservation.quantities().bySku().keySet().stream();
    }

    /** Writes the changes before the outbox is written, because a transaction must lock the outbox's rows last. */
    private class Writing implements TransactionSynchronization {

        private final LockedStock locked;

        private Writing(LockedStock locked) {
            this.locked = locked;
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            stocks.update(locked.moved());
        }
    }
}

package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.ReservationState.RESERVED;

import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventPublisher;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderEvent;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderPlacedV2;
import dev.orderflow.events.stock.StockCommitted;
import dev.orderflow.events.stock.StockRejected;
import dev.orderflow.events.stock.StockReleased;
import dev.orderflow.events.stock.StockReserved;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.stereotype.Component;

/**
 * Consumes an order's changes and moves stock accordingly. The handlers work in memory on the rows that {@link #load}
 * has locked; their changes are written when the inbox transaction flushes.
 */
@Component
class StockEventHandlers {

    private static final Logger log = LoggerFactory.getLogger(StockEventHandlers.class);

    private final ObjectFactory<StockBatch> batches;
    private final EventPublisher events;
    private final LowStock lowStock;
    private final Clock clock;

    StockEventHandlers(ObjectFactory<StockBatch> batches, EventPublisher events, LowStock lowStock, Clock clock) {
        this.lowStock = lowStock;
        this.batches = batches;
        this.events = events;
        this.clock = clock;
    }

    @BeforeBatch
    void load(List<OrderEvent> orderEvents) {
        batches.getObject().load(orderEvents);
    }

    /**
     * Reserves all lines of the order, or none; nothing for an order whose deadline has passed, which is then cancelled. An order
     * that is placed again with other lines is a dead letter.
     */
    @EventHandler
    void reserve(OrderPlacedV2 placed) {
        var batch = batches.getObject();
        var orderId = placed.orderId();
        var known = batch.reservationOf(orderId).map(Reservation::checkTenant);
        var wanted = Quantities.ofLines(placed.lines());
        if (known.isPresent()) {
            known.get().check(wanted);
            log.info(
                    "reserve=ignored reason=\"placed again\" orderId={} state={}",
                    orderId,
                    known.get().state());
            return;
        }
        var now = clock.instant();
        var shortages = batch.stock().shortages(wanted);
        if (shortages.isEmpty()) {
            batch.stock().reserve(wanted, lowStock::changed);
            batch.add(Reservation.reserved(orderId, EventTenant.current(), wanted, now));
            events.publish(new StockReserved(orderId, now));
        } else {
            batch.add(Reservation.rejected(orderId, EventTenant.current(), now));
            events.publish(new StockRejected(orderId, shortages, now));
        }
    }

    /** Turns the reservation into a sale. */
    @EventHandler(handleExpired = true)
    void commit(OrderPaid paid) {
        var batch = batches.getObject();
        var orderId = paid.orderId();
        var known = batch.reservationOf(orderId).map(Reservation::checkTenant);
        if (known.isEmpty() || known.get().state() != RESERVED) {
            log.warn("commit=ignored reason=\"nothing is reserved\" orderId={} state={}", orderId, stateOf(known));
            return;
        }
        var now = clock.instant();
        var reservation = known.get();
        batch.stock().commit(reservation.quantities());
        reservation.commit(now);
        events.publish(new StockCommitted(orderId, now));
    }

    /** Makes all units that the order holds, reserved or sold, available again. Those of a lost parcel stay sold. */
    @EventHandler(handleExpired = true)
    void release(OrderCancelled cancelled) {
        var batch = batches.getObject();
        var orderId = cancelled.orderId();
        var known = batch.reservationOf(orderId).map(Reservation::checkTenant);
        if (known.isEmpty() || !known.get().holdsStock() || cancelled.reason() == CancellationReason.PARCEL_LOST) {
            log.debug("release=ignored reason=\"nothing comes back\" orderId={} state={}", orderId, stateOf(known));
            return;
        }
        var now = clock.instant();
        var reservation = known.get();
        if (reservation.state() == RESERVED) {
            batch.stock().release(reservation.quantities());
        } else {
            batch.stock().takeBack(reservation.quantities());
        }
        reservation.release(now);
        events.publish(new StockReleased(orderId, now));
    }

    private static @Nullable ReservationState stateOf(Optional<Reservation> reservation) {
        return reservation.map(Reservation::state).orElse(null);
    }
}

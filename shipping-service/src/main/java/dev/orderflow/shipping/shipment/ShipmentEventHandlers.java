package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.BeforeBatch;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.order.OrderCancelled;
import dev.orderflow.events.order.OrderPaid;
import dev.orderflow.events.order.OrderShipped;
import dev.orderflow.shipping.carrier.Carrier;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands the parcel of an order to the carrier once it is paid, releases it once the order is shipped, and stops it when
 * the order is cancelled instead.
 * <p>
 * The order is either shipped or cancelled, as order-service decides, so the parcel of a cancelled order never leaves: not
 * after an outage, and not when the cancellation crosses the dispatch. The handlers call the carrier outside any
 * transaction, and repeat the call after a failure or a crash; a repeated call gets the same answer.
 */
@Component
class ShipmentEventHandlers {

    private static final Logger log = LoggerFactory.getLogger(ShipmentEventHandlers.class);
    private static final String CARRIER = "carrier";

    private final Carrier carrier;
    private final ShipmentRepository shipments;
    private final ShipmentEvents events;
    private final Clock clock;

    ShipmentEventHandlers(Carrier carrier, ShipmentRepository shipments, ShipmentEvents events, Clock clock) {
        this.carrier = carrier;
        this.shipments = shipments;
        this.events = events;
        this.clock = clock;
    }

    /** Locks the shipments of the batch's cancelled orders, in the order of their ids, so that two batches do not deadlock. */
    @BeforeBatch
    void lockShipments(List<DomainEvent> batch) {
        var ids = batch.stream()
                .filter(OrderCancelled.class::isInstance)
                .map(event -> ((OrderCancelled) event).orderId())
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            shipments.lock(ids);
        }
    }

    /** Hands the parcel of a paid order to the carrier, however late: the customer has paid for it. It does not leave yet. */
    @EventHandler(guard = CARRIER, handleExpired = true)
    AfterCall dispatch(OrderPaid order) {
        if (find(order.orderId()).isPresent()) {
            log.info("dispatch=repeated orderId={}", order.orderId());
            return AfterCall.nothing();
        }
        var parcel = carrier.ship(order.orderId());
        return () -> record(parcel);
    }

    /** Lets the parcel of a shipped order leave, or records that the carrier has stopped it, which cancels the order. */
    @EventHandler(guard = CARRIER, handleExpired = true)
    AfterCall release(OrderShipped order) {
        find(order.orderId()); // checks the tenant
        return carrier.release(order.orderId()).state() == ParcelState.STOPPED
                ? () -> record(order.orderId(), ParcelState.STOPPED)
                : AfterCall.nothing();
    }

    /**
     * Stops the parcel of a cancelled order, unless it is cancelled because the parcel is lost or stopped. An order without a shipment
     * was never paid.
     */
    @EventHandler(guard = CARRIER, handleExpired = true)
    AfterCall stop(OrderCancelled order) {
        var shipment = find(order.orderId());
        if (shipment.isEmpty() || !shipment.get().hasParcel()) {
            return AfterCall.nothing();
        }
        var answer = carrier.stop(order.orderId()).state();
        return () -> record(order.orderId(), answer);
    }

    /** Finds the order's shipment, which must belong to the event's tenant. */
    private Optional<Shipment> find(UUID orderId) {
        return ofTenant(shipments.find(orderId));
    }

    private static Optional<Shipment> ofTenant(Optional<Shipment> shipment) {
        shipment.ifPresent(Shipment::checkTenant);
        return shipment;
    }

    private void record(Parcel parcel) {
        var shipment = Shipment.dispatched(parcel, EventTenant.current(), EventContext.current(), now());
        events.publish(shipment.dispatched());
        shipments.add(shipment);
    }

    /** Records the answer under the lock of the shipment, since tracking may record the same answer at the same time. */
    private void record(UUID orderId, ParcelState answer) {
        var shipment = ofTenant(shipments.findLocked(orderId))
                .orElseThrow(() -> new IllegalStateException("there is no shipment of order " + orderId));
        shipment.answerToStop(answer, now()).ifPresent(change -> {
            events.publish(change.event());
            shipments.update(List.of(change.shipment()));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

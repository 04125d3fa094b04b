package dev.orderflow.shipping.shipment;

import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.events.EventTenant;
import dev.orderflow.events.shipping.ShipmentDelivered;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.events.shipping.ShipmentLost;
import dev.orderflow.events.shipping.ShipmentStopRefused;
import dev.orderflow.events.shipping.ShipmentStopped;
import dev.orderflow.events.shipping.ShippingEvent;
import dev.orderflow.shipping.carrier.Parcel;
import dev.orderflow.shipping.carrier.ParcelState;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order's shipment: the aggregate. An order has at most one, because it is paid once.
 * <p>
 * Whether a parcel is stopped or on its way is the carrier's decision, taken once. The methods record its answers, from a
 * cancellation or from tracking and in any order, and each change is reported once.
 *
 * @param trackingId    the carrier's id of the shipment
 * @param stopRefused   whether the order was cancelled after the parcel had left
 * @param correlationId of the order's flow
 * @param causationId   id of the event or request that caused the dispatch, as far as it is known
 */
record Shipment(
        UUID orderId,
        String tenant,
        ShipmentState state,
        String trackingId,
        boolean stopRefused,
        @Nullable String correlationId,
        @Nullable String causationId,
        Instant createdAt,
        Instant updatedAt) {

    /** A change, and the event that reports it. */
    record Change(Shipment shipment, ShippingEvent event) {}

    /**
     * Creates the shipment of a parcel that the carrier accepted. If the carrier says more of it already, tracking finds
     * that, too.
     *
     * @param flow context of the event that pays the order, which events about the tracking continue
     */
    static Shipment dispatched(Parcel parcel, String tenant, EventContext flow, Instant at) {
        return new Shipment(
                parcel.orderId(),
                tenant,
                ShipmentState.DISPATCHED,
                parcel.trackingId(),
                false,
                flow.correlationId(),
                flow.causationId(),
                at,
                at);
    }

    /** Returns whether there is a parcel that may be on its way or has arrived. */
    boolean hasParcel() {
        return state == ShipmentState.DISPATCHED || state == ShipmentState.DELIVERED;
    }

    ShipmentDispatched dispatched() {
        return new ShipmentDispatched(orderId, trackingId, createdAt);
    }

    /** Returns the change by the carrier's answer to a stop; empty if it was recorded before. */
    Optional<Change> answerToStop(ParcelState answer, Instant at) {
        if (answer == ParcelState.STOPPED) {
            return track(answer, at);
        }
        if (stopRefused || state == ShipmentState.STOPPED) {
            return Optional.empty();
        }
        return Optional.of(new Change(with(state, true, at), new ShipmentStopRefused(orderId, trackingId, at)));
    }

    /** Returns the change to the state that the carrier shows; empty if there is none. */
    Optional<Change> track(ParcelState shown, Instant at) {
        if (state != ShipmentState.DISPATCHED) {
            return Optional.empty();
        }
        return switch (shown) {
            case ACCEPTED, IN_TRANSIT -> Optional.empty();
            case DELIVERED -> become(ShipmentState.DELIVERED, new ShipmentDelivered(orderId, trackingId, at));
            case LOST -> become(ShipmentState.LOST, new ShipmentLost(orderId, trackingId, at));
            case STOPPED -> become(ShipmentState.STOPPED, new ShipmentStopped(orderId, trackingId, at));
        };
    }

    private Optional<Change> become(ShipmentState next, ShippingEvent event) {
        return Optional.of(new Change(with(next, stopRefused, event.at()), event));
    }

    private Shipment with(ShipmentState next, boolean refused, Instant at) {
        return new Shipment(orderId, tenant, next, trackingId, refused, correlationId, causationId, createdAt, at);
    }

    /** @throws dev.orderflow.events.OtherTenantException unless the event that is being handled is of this order's tenant */
    void checkTenant() {
        EventTenant.require(tenant);
    }

    /** Returns the context of events about the tracking, which have no cause in this process. */
    EventContext flow() {
        return new EventContext(correlationId, causationId, null, tenant, EventPriority.NORMAL, null, null, null);
    }
}

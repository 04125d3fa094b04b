package dev.orderflow.sandbox.carrier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Line of the carrier's file. The shipments' states result from these in their order. Times are epoch milliseconds. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ShipmentEntry.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = ShipmentEntry.Repeated.class, name = "repeated"),
    @JsonSubTypes.Type(value = ShipmentEntry.Released.class, name = "released"),
    @JsonSubTypes.Type(value = ShipmentEntry.Stopped.class, name = "stopped")
})
sealed interface ShipmentEntry {

    /** First call for an order. What will become of the parcel is decided here, once it is released. */
    record Accepted(
            String orderId, String trackingId, long acceptedAt, int handlingMillis, int transitMillis, boolean lost)
            implements ShipmentEntry {}

    /** Further call for an order, which got the same response as the first. */
    record Repeated(String orderId) implements ShipmentEntry {}

    /** Permission to let an order's parcel leave. */
    record Released(String orderId, long at) implements ShipmentEntry {}

    /** Stop of an order's shipment before its parcel left. */
    record Stopped(String orderId, long at) implements ShipmentEntry {}
}

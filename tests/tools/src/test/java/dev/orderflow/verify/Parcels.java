package dev.orderflow.verify;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.events.shipping.ShipmentDispatched;
import dev.orderflow.verify.evidence.Service;
import java.util.Map;
import java.util.UUID;

/** Writes shipments into a {@link World}: the rows and events of shipping-service, and the carrier's list. */
record Parcels(World world) {

    void register(UUID order) {
        world.sql(Service.SHIPPING, """
                INSERT INTO shipment
                       (order_id, tenant, state, tracking_id, stop_refused, created_at, updated_at)
                VALUES (?, 'demo', 'DISPATCHED', 't', false, now(), now())
                """, order);
        acceptAtCarrier(order);
        world.publish(Service.SHIPPING, order, ShipmentDispatched.class);
    }

    /** Changes the state of a shipment, here and at the carrier, which lists a lost parcel as a dispatched one. */
    void become(UUID order, String state, Class<? extends DomainEvent> event) {
        world.sql(Service.SHIPPING, "UPDATE shipment SET state = ? WHERE order_id = ?", state, order);
        becomeAtCarrier(order, state.equals("LOST") ? "DISPATCHED" : state);
        world.publish(Service.SHIPPING, order, event);
    }

    void acceptAtCarrier(UUID order) {
        world.sandbox.shipments.add(shipment(order, "DISPATCHED"));
    }

    void becomeAtCarrier(UUID order, String state) {
        world.sandbox.shipments.replaceAll(
                each -> each.get("orderId").equals(order.toString()) ? shipment(order, state) : each);
    }

    private static Map<String, Object> shipment(UUID order, String state) {
        return Map.of("orderId", order.toString(), "state", state, "calls", 1);
    }
}

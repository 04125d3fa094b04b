package dev.orderflow.shipping.shipment;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.edge.security.Caller;
import dev.orderflow.eventing.TenantRows;
import dev.orderflow.shipping.owner.OrderOwners;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows customers the shipments of their own orders, and others those of their tenant. This service does not know who
 * owns an order, so order-service decides that, by the customer's own token.
 */
@RestController
class ShipmentController {

    private final ShipmentRepository shipments;
    private final OrderOwners owners;
    private final AccessControl access;

    ShipmentController(ShipmentRepository shipments, OrderOwners owners, AccessControl access) {
        this.shipments = shipments;
        this.owners = owners;
        this.access = access;
    }

    /** Returns the shipment of an order; 404 also for an order that is not dispatched yet or another customer's. */
    @GetMapping(path = "/api/shipments/{orderId}", produces = MediaType.APPLICATION_JSON_VALUE)
    ShipmentView get(@PathVariable UUID orderId) {
        var caller = access.caller();
        return TenantRows.of(caller.tenant())
                .call(() -> shipments.find(orderId))
                .filter(shipment -> shipment.tenant().equals(caller.tenant()))
                .filter(shipment -> seesAll(caller) || owners.mayCallerSee(orderId))
                .map(ShipmentView::of)
                .orElseThrow(() -> Refusal.notFound(
                        "shipment_not_found",
                        "No shipment is recorded for order " + orderId + "; it may not be dispatched yet"));
    }

    private static boolean seesAll(Caller caller) {
        return caller.actsForAnyCustomer() || caller.scopes().contains(ShipmentAccess.OPERATOR);
    }
}

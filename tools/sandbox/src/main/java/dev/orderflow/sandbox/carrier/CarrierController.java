package dev.orderflow.sandbox.carrier;

import dev.orderflow.edge.TakesTurn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Carrier's API for a shop. Calls may be delayed on purpose, so any number may be in progress. */
@RestController
@RequestMapping(path = "/carrier", produces = MediaType.APPLICATION_JSON_VALUE)
class CarrierController {

    private final Carrier carrier;
    private final CarrierFaults faults;

    CarrierController(Carrier carrier, CarrierFaults faults) {
        this.carrier = carrier;
        this.faults = faults;
    }

    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping(path = "/shipments", consumes = MediaType.APPLICATION_JSON_VALUE)
    Tracking ship(@RequestBody @Valid ShipmentRequest request) {
        return faults.around(() -> carrier.ship(request.orderId()));
    }

    /** Lets an accepted parcel leave. If it is stopped, the answer says so. */
    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping("/shipments/{orderId}/release")
    Tracking release(@PathVariable @Size(max = 200) String orderId) {
        return faults.around(() -> carrier.release(orderId));
    }

    /** Stops a shipment whose parcel has not left. Otherwise the answer says where it is. */
    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping("/shipments/{orderId}/stop")
    Tracking stop(@PathVariable @Size(max = 200) String orderId) {
        return faults.around(() -> carrier.stop(orderId));
    }

    /** Returns the states of shipments; orders without one are left out. */
    @TakesTurn(TakesTurn.ITSELF)
    @PostMapping(path = "/tracking", consumes = MediaType.APPLICATION_JSON_VALUE)
    Trackings track(@RequestBody @Valid TrackingRequest request) {
        return faults.around(() -> new Trackings(carrier.track(request.orderIds())));
    }

    record Trackings(List<Tracking> shipments) {}
}

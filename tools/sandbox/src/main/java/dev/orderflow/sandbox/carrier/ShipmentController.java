package dev.orderflow.sandbox.carrier;

import dev.orderflow.sandbox.web.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Carrier's API for a demo or a test: its shipments and its behaviour. */
@RestController
@RequestMapping(path = "/sandbox/shipments", produces = MediaType.APPLICATION_JSON_VALUE)
class ShipmentController {

    private final Carrier carrier;
    private final CarrierFaults faults;

    ShipmentController(Carrier carrier, CarrierFaults faults) {
        this.carrier = carrier;
        this.faults = faults;
    }

    @GetMapping
    Page<Shipment.Item> list(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(defaultValue = "0") @Min(0) int offset) {
        return carrier.list(limit, offset);
    }

    @GetMapping("/behaviour")
    CarrierBehaviour behaviour() {
        return faults.behaviour();
    }

    @PutMapping(path = "/behaviour", consumes = MediaType.APPLICATION_JSON_VALUE)
    CarrierBehaviour behave(@RequestBody @Valid CarrierBehaviour wanted) {
        faults.set(wanted);
        return faults.behaviour();
    }
}

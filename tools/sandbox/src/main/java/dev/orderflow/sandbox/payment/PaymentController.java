package dev.orderflow.sandbox.payment;

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

/** Provider's API for a demo or a test: its charges and its behaviour. */
@RestController
@RequestMapping(path = "/sandbox/payments", produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentController {

    private final Ledger ledger;
    private final Faults faults;

    PaymentController(Ledger ledger, Faults faults) {
        this.ledger = ledger;
        this.faults = faults;
    }

    @GetMapping
    Page<Payment.Item> list(
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(defaultValue = "0") @Min(0) int offset) {
        return ledger.list(limit, offset);
    }

    @GetMapping("/behaviour")
    Behaviour behaviour() {
        return faults.behaviour();
    }

    @PutMapping(path = "/behaviour", consumes = MediaType.APPLICATION_JSON_VALUE)
    Behaviour behave(@RequestBody @Valid Behaviour wanted) {
        faults.set(wanted);
        return faults.behaviour();
    }
}

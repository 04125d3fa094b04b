package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.web.Page;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Switches faults of the provider on and off. */
@RestController
@RequestMapping(path = "/sandbox/faults", produces = MediaType.APPLICATION_JSON_VALUE)
@Profile("demo")
class FaultController {

    private final FaultSwitches switches;

    FaultController(FaultSwitches switches) {
        this.switches = switches;
    }

    @GetMapping
    Page<ProviderFault.Item> list() {
        var faults = switches.list();
        return new Page<>(faults, faults.size());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ProviderFault.Item add(@RequestBody @Valid FaultRequest wanted) {
        return switches.add(wanted);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(@PathVariable UUID id) {
        switches.clear(id);
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clearAll() {
        switches.clearAll();
    }
}

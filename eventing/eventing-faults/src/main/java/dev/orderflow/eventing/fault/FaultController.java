package dev.orderflow.eventing.fault;

import jakarta.validation.Valid;
import java.util.List;
import java.util.UUID;
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

/** Injects faults into this service. */
@RestController
@RequestMapping(path = "/admin/faults", produces = MediaType.APPLICATION_JSON_VALUE)
class FaultController {

    private final InjectedFaults faults;
    private final StrayRecords records;

    FaultController(InjectedFaults faults, StrayRecords records) {
        this.faults = faults;
        this.records = records;
    }

    record Items(List<HandlerFault.Item> items) {}

    @GetMapping
    Items list() {
        return new Items(faults.list());
    }

    /** Makes a handler fail from now on. */
    @PostMapping(path = "/handlers", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    HandlerFault.Item fail(@RequestBody @Valid HandlerFaultRequest wanted) {
        return faults.add(wanted);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear(@PathVariable("id") UUID id) {
        faults.clear(id);
    }

    /** Clears all faults of this instance. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clearAll() {
        faults.clearAll();
    }

    /** Sends a record that is not an event. */
    @PostMapping(path = "/poison", consumes = MediaType.APPLICATION_JSON_VALUE)
    SentRecord poison(@RequestBody @Valid PoisonRequest wanted) {
        return records.poison(wanted);
    }

    /** Sends an event of this service again, as a relay may do after a crash. */
    @PostMapping(path = "/redeliver", consumes = MediaType.APPLICATION_JSON_VALUE)
    SentRecord redeliver(@RequestBody @Valid RedeliverRequest wanted) {
        return records.redeliver(wanted.eventId());
    }
}

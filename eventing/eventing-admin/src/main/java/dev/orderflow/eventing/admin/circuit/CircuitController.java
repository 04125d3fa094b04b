package dev.orderflow.eventing.admin.circuit;

import dev.orderflow.eventing.admin.Operator;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.StrictBody;
import dev.orderflow.eventing.admin.audit.Audit;
import dev.orderflow.eventing.schemas.TypeCircuit;
import dev.orderflow.eventing.schemas.TypeCircuits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows the circuits of this instance and switches them. Other instances have their own: each decides by the partitions that it
 * reads. A restart sets all of them back to automatic.
 */
@RestController
@RequestMapping(path = "/admin/circuits", produces = MediaType.APPLICATION_JSON_VALUE)
class CircuitController {

    private final ObjectProvider<TypeCircuits> circuits;
    private final Audit audit;

    CircuitController(ObjectProvider<TypeCircuits> circuits, Audit audit) {
        this.circuits = circuits;
        this.audit = audit;
    }

    /** Circuits of the event types that this application consumes, by type. */
    record Listing(List<View> items) {}

    /** @param recentFailures invalid events that count towards opening */
    record View(String type, TypeCircuit.State state, TypeCircuit.Mode mode, int recentFailures) {

        static View of(String type, TypeCircuit circuit) {
            return new View(type, circuit.state(), circuit.mode(), circuit.recentFailures());
        }
    }

    /** @param mode {@code OPEN} and {@code CLOSED} keep the circuit in that state until the next switch */
    record SwitchRequest(
            @NotBlank @Size(max = 200) String type,
            @NotNull TypeCircuit.Mode mode,
            @NotBlank @Size(max = 500) String reason)
            implements StrictBody {}

    private record Target(String type) {}

    private record Switched(TypeCircuit.Mode mode, String reason) {}

    @GetMapping
    Listing list() {
        return new Listing(circuits.stream()
                .flatMap(all -> all.all().entrySet().stream())
                .map(circuit -> View.of(circuit.getKey(), circuit.getValue()))
                .toList());
    }

    /**
     * Keeps a circuit open or closed, or lets it decide again. Audited before it takes effect, so no switch is missing there;
     * one at a time, so the latest entry is the one in effect.
     */
    @PostMapping(path = "/switch", consumes = MediaType.APPLICATION_JSON_VALUE)
    synchronized View switchTo(@Valid @RequestBody SwitchRequest request, HttpServletRequest http) {
        var known = circuits.stream()
                .filter(all -> all.all().containsKey(request.type()))
                .findFirst()
                .orElseThrow(RefusedRequest.Unknown::circuit);
        audit.record(
                Operator.of(http),
                Audit.CIRCUIT_SWITCHED,
                new Target(request.type()),
                new Switched(request.mode(), request.reason()));
        return known.switchTo(request.type(), request.mode())
                .map(circuit -> View.of(request.type(), circuit))
                .orElseThrow(RefusedRequest.Unknown::circuit);
    }
}

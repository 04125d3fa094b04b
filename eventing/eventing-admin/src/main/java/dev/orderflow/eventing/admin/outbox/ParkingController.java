package dev.orderflow.eventing.admin.outbox;

import dev.orderflow.eventing.admin.Operator;
import dev.orderflow.eventing.admin.Page;
import dev.orderflow.eventing.admin.RefusedRequest;
import dev.orderflow.eventing.admin.StrictBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists the events that cannot be published, and releases or discards them. */
@RestController
@RequestMapping(path = "/admin/outbox/parked", produces = MediaType.APPLICATION_JSON_VALUE)
class ParkingController {

    private final Parking parking;

    ParkingController(Parking parking) {
        this.parking = parking;
    }

    /**
     * A request to send parked events again: those of one key, or all.
     *
     * @param all must be true if {@code topic} and {@code key} are missing
     */
    record ReleaseRequest(
            @Nullable @Size(min = 1, max = 249) String topic,
            @Nullable @Size(min = 1, max = 200) String key,
            @Nullable Boolean all)
            implements StrictBody {

        private void requireSelection() {
            if (Boolean.TRUE.equals(all) == (topic != null || key != null) || (topic == null) != (key == null)) {
                throw new RefusedRequest.Invalid("invalid_selection", "all", "or else topic and key must be given");
            }
        }
    }

    /** A request to discard a parked event, with the reason. The event will never be published. */
    record DiscardParkedRequest(
            @NotNull UUID eventId,
            @NotBlank @Size(max = 500) String reason) implements StrictBody {}

    /** Lists parked events in the order in which they were published. */
    @GetMapping
    Page<Parking.View> list(
            @RequestParam(defaultValue = "50") @Min(1) @Max(500) int limit, @RequestParam @Nullable String cursor) {
        return parking.page(limit, cursor);
    }

    /** Releases the parked events of one key, or all, to be sent again. */
    @PostMapping(path = "/release", consumes = MediaType.APPLICATION_JSON_VALUE)
    Parking.Result release(@Valid @RequestBody ReleaseRequest request, HttpServletRequest http) {
        request.requireSelection();
        return parking.release(request.topic(), request.key(), Operator.of(http));
    }

    /**
     * Discards one parked event; events that wait behind it are sent. Responds with 409 if a relay may be sending it at this
     * moment.
     */
    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@Valid @RequestBody DiscardParkedRequest request, HttpServletRequest http) {
        parking.discard(request.eventId(), request.reason(), Operator.of(http));
    }
}

package dev.orderflow.hub.timeline;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessControl;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows timelines of orders. */
@RestController
@Tag(name = "Timelines", description = "Follow an order through all services.")
class TimelineController {

    private final Timelines timelines;
    private final AccessControl access;

    TimelineController(Timelines timelines, AccessControl access) {
        this.timelines = timelines;
        this.access = access;
    }

    @GetMapping(path = "/api/timelines/{orderId}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "timelineOfOrder", summary = "Show all events of an order in causal order")
    @ApiResponse(responseCode = "200", description = "The timeline")
    @ApiResponse(responseCode = "404", description = "`timeline_not_found`")
    Timeline get(@PathVariable UUID orderId) {
        return timelines
                .find(access.caller().tenant(), orderId)
                .orElseThrow(() -> Refusal.notFound(
                        "timeline_not_found", "No event of order " + orderId + " is stored; they may be too old"));
    }
}

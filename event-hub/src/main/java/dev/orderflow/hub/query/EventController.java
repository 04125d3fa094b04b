package dev.orderflow.hub.query;

import dev.orderflow.edge.security.AccessControl;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists stored events. */
@RestController
@Tag(name = "Events", description = "Find stored events with their payloads.")
class EventController {

    private final EventQueries queries;
    private final AccessControl access;

    EventController(EventQueries queries, AccessControl access) {
        this.queries = queries;
        this.access = access;
    }

    @GetMapping(path = "/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "listEvents", summary = "List events of the caller's tenant, newest first")
    @ApiResponse(responseCode = "200", description = "A page")
    @ApiResponse(responseCode = "400", description = "`invalid_path`, `invalid_cursor` and the like")
    @ApiResponse(responseCode = "422", description = "`query_too_expensive`")
    EventPage list(
            @Valid EventConditions conditions,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        var after = cursor == null ? EventCursor.NEWEST : EventCursor.decode(cursor);
        return queries.page(conditions.of(access.caller().tenant()), after, limit);
    }
}

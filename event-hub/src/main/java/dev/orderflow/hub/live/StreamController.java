package dev.orderflow.hub.live;

import dev.orderflow.edge.CodePoints;
import dev.orderflow.edge.TakesTurn;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.problem.Violation;
import dev.orderflow.edge.security.AccessControl;
import dev.orderflow.hub.query.EventFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Streams events as they are stored. */
@RestController
@Tag(name = "Live", description = "Watch events as they are stored.")
class StreamController {

    private static final int LONGEST = 1_000;
    private static final String LAST_ID = "Last-Event-ID";
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final LiveStreams streams;
    private final AccessControl access;

    StreamController(LiveStreams streams, AccessControl access) {
        this.streams = streams;
        this.access = access;
    }

    @GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @TakesTurn(TakesTurn.ITSELF)
    @Operation(operationId = "streamEvents", summary = "Stream events of the caller's tenant", description = """
        Server-sent events. `event` has an event as in lists, and its position as id. With `Last-Event-ID` the stream continues after \
        that position, from the store. `missed` tells a client that was too slow the number of events that it has not got, and the \
        position after which it can get them. The stream ends after some minutes; clients connect again.\
        """)
    @ApiResponse(
            responseCode = "200",
            description = "The stream",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "400", description = "`invalid_header` and the like")
    @ApiResponse(responseCode = "429", description = "`overloaded`: too many streams")
    void stream(
            @RequestParam(required = false) @CodePoints(max = LONGEST) @Nullable String key,
            @RequestParam(required = false) @CodePoints(max = LONGEST) @Nullable String type,
            @RequestParam(required = false) @CodePoints(max = LONGEST) @Nullable String correlationId,
            @RequestHeader(name = LAST_ID, required = false) @Nullable String lastEventId,
            HttpMethod method,
            HttpServletResponse response)
            throws IOException {
        var after = lastEventId == null || lastEventId.isEmpty() ? null : position(lastEventId);
        var filter = EventFilter.live(access.caller().tenant(), key, type, correlationId);
        if (method.equals(HttpMethod.HEAD)) {
            // A stream without content would keep its place among the clients until its time is over.
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            return;
        }
        streams.send(filter, after, access.expiry(), response);
    }

    private static Long position(String id) {
        if (!ID.matcher(id).matches()) {
            throw Refusal.invalid(
                    "invalid_header",
                    "The header " + LAST_ID + " is not the id of an event of a stream.",
                    new Violation(LAST_ID, "must be the id of an event of a stream"));
        }
        return Long.valueOf(id);
    }
}

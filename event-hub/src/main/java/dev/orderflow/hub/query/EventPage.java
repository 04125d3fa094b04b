package dev.orderflow.hub.query;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of events. */
@Schema(
        description =
                "One page of events, newest first. It may be shorter than requested, as its bytes are bounded; only a null"
                        + " nextCursor marks the end.")
record EventPage(
        List<EventView> items,

        @Schema(
                description = "Pass it as `cursor` to get the next page; null on the last page. Opaque.",
                nullable = true)
        @Nullable
        String nextCursor) {}

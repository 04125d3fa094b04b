package dev.orderflow.hub.query;

import dev.orderflow.edge.CodePoints;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The conditions that a request states as parameters. */
record EventConditions(
        @CodePoints(max = LONGEST) @Nullable String key,
        @CodePoints(max = LONGEST) @Nullable String type,
        @CodePoints(max = LONGEST) @Nullable String correlationId,

        @Parameter(description = "Earliest time of the event's record") @Nullable
        Instant from,

        @Parameter(description = "Time before which the event's record is") @Nullable
        Instant to,

        @Parameter(description = "JSON path of SQL that must yield true, such as `$.total.amount == \"15.30\"`")
        @CodePoints(max = LONGEST_PATH)
        @Pattern(regexp = "\\P{C}*", message = "must not contain control or other invisible characters")
        @Nullable
        String path) {

    private static final int LONGEST = 1_000;
    private static final int LONGEST_PATH = 200;

    EventFilter of(String tenant) {
        return new EventFilter(tenant, key, type, correlationId, from, to, path);
    }
}

package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What only a single dead letter tells: how it was tried, and what is in it. */
record Contents(
        List<Attempt> attempts,
        Map<String, String> headers,
        @Nullable JsonNode payload) {

    /** @param level 0: as it came; 1 and more: from that retry topic */
    record Attempt(
            Instant at,
            int level,
            @Nullable String exception,
            @Nullable String message) {}
}

package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Details of a single dead letter: its attempts and its content. */
record Contents(
        List<Attempt> attempts,
        Map<String, String> headers,
        @Nullable JsonNode payload) {

    /**
     * Failed attempt.
     *
     * @param level 0 for the original topic, 1 and more for that retry topic
     */
    record Attempt(
            Instant at,
            int level,
            @Nullable String exception,
            @Nullable String message) {}
}

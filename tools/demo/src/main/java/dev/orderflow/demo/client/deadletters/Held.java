package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Event that waits.
 *
 * @param waitsFor the preceding event; null if it is the first of its key
 */
record Held(
        String eventId,
        String type,
        String topic,
        String key,
        String state,
        Instant since,
        int level,
        @Nullable Instant due,
        int attempts,
        @Nullable String waitsFor) {}

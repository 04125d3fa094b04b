package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters with the same cause.
 *
 * @param rootCause without the parts that differ from one event to the other
 */
record Group(
        @Nullable String handler,
        @Nullable String type,
        @Nullable String exception,
        @Nullable String rootCause,
        String state,
        long count,
        Instant first,
        Instant last) {}

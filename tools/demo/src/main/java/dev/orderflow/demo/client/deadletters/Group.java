package dev.orderflow.demo.client.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param rootCause without what differs from one event to the other */
record Group(
        @Nullable String handler,
        @Nullable String type,
        @Nullable String exception,
        @Nullable String rootCause,
        String state,
        long count,
        Instant first,
        Instant last) {}

package dev.orderflow.eventing.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event on its way into the outbox. Its sequence number is given when it is written. */
record NewOutboxRow(
        UUID eventId,
        String topic,
        String key,
        String type,
        Instant time,
        String correlationId,
        @Nullable UUID causationId,
        @Nullable String intent,
        @Nullable String traceparent,
        byte[] payload) {}

package dev.orderflow.order.ordering;

import dev.orderflow.events.order.CancellationReason;
import dev.orderflow.order.lifecycle.OrderStatus;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One entry of an order's history. */
@Embeddable
record StatusChange(
        @Enumerated(EnumType.STRING) OrderStatus status,
        @Enumerated(EnumType.STRING) @Nullable CancellationReason reason,
        Instant at) {}

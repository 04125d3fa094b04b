package dev.orderflow.events.promotion;

import dev.orderflow.eventing.EventType;
import dev.orderflow.events.Bounds;
import java.time.Instant;
import java.util.UUID;

/** A promotion was removed. Orders keep what it took off. */
@EventType(value = "dev.orderflow.promotion.removed.v1", intent = "promotion_removal")
public record PromotionRemoved(
        UUID promotionId, @Bounds(min = 1) Long version, Instant at) implements PromotionEvent {}

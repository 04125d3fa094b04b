package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** What was set aside for the order is sold. */
@EventType("dev.orderflow.stock.committed.v1")
public record StockCommitted(UUID orderId, Instant at) implements StockEvent {}

package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** What was set aside for or sold to the order is available again. */
@EventType("dev.orderflow.stock.released.v1")
public record StockReleased(UUID orderId, Instant at) implements StockEvent {}

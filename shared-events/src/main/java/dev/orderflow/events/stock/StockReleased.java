package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** The lines that were set aside for the order, or sold to it, are available again. */
@EventType("dev.orderflow.stock.released.v1")
public record StockReleased(UUID orderId, Instant at) implements StockEvent {}

package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** The units reserved for the order, or sold to it, are available again. */
@EventType("dev.orderflow.stock.released.v1")
public record StockReleased(UUID orderId, Instant at) implements StockEvent {}

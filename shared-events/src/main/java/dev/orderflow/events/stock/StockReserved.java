package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** The warehouse has set all lines of the order aside for it. */
@EventType("dev.orderflow.stock.reserved.v1")
public record StockReserved(UUID orderId, Instant at) implements StockEvent {}

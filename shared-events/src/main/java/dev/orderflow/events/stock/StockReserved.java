package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** All lines of the order are reserved. */
@EventType("dev.orderflow.stock.reserved.v1")
public record StockReserved(UUID orderId, Instant at) implements StockEvent {}

package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.UUID;

/** The reservation of the order became a sale. */
@EventType("dev.orderflow.stock.committed.v1")
public record StockCommitted(UUID orderId, Instant at) implements StockEvent {}

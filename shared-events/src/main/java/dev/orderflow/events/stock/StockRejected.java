package dev.orderflow.events.stock;

import dev.orderflow.eventing.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The order cannot be served: at least one line is short, and nothing was reserved. */
@EventType("dev.orderflow.stock.rejected.v1")
public record StockRejected(UUID orderId, List<Shortage> shortages, Instant at) implements StockEvent {}

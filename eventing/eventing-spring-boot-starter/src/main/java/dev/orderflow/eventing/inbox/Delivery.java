package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;

/** An event as it came from the broker, decoded, with the handler that is to take it in. */
public record Delivery(Arrival arrival, EventMetadata metadata, DomainEvent event, HandlerMethod handler)
        implements Received {

    /** The handler's class and method, as in {@code StockEventHandlers.reserve}. */
    public String handlerName() {
        return handler.toString();
    }
}

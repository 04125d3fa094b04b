package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;

/** A decoded event and the handler that consumes it. */
record Delivery(Arrival arrival, EventMetadata metadata, DomainEvent event, HandlerMethod handler)
        implements Received, HandlerChain.Call {

    @Override
    public String handlerName() {
        return handler.toString();
    }
}

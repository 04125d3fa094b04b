package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventMetadata;

/** An event as it came from the broker, decoded, with the handler that is to take it in. */
record Delivery(Arrival arrival, EventMetadata metadata, DomainEvent event, HandlerMethod handler)
        implements Received, HandlerChain.Call {

    @Override
    public String handlerName() {
        return handler.toString();
    }
}

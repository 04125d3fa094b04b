package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.wire.CurrentEvent;

/** Makes published events part of the flow of the event that is being handled. */
class Causation implements HandlerCalls.Step {

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
        CurrentEvent.run(delivery.metadata(), next);
    }
}

package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.CurrentEvent;

/** Makes published events part of the flow of the event that is being handled. */
class Causation implements HandlerChain.Step {

    @Override
    public void around(HandlerChain.Call delivery, Runnable next) {
        CurrentEvent.run(delivery.metadata(), next);
    }
}

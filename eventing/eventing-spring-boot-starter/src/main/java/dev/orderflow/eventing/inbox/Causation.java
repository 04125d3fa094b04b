package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.CurrentEvent;

/** Makes what a handler publishes part of the flow of the event that it handles. */
class Causation implements HandlerChain.Step {

    @Override
    public void around(HandlerChain.Call delivery, Runnable next) {
        CurrentEvent.run(delivery.metadata(), next);
    }
}

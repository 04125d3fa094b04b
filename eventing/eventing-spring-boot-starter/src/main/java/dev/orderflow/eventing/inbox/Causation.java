package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.CurrentEvent;

/** Makes what a handler publishes part of the flow of the event that it handles. */
public class Causation implements HandlerChain.Step {

    @Override
    public void around(Delivery delivery, Runnable next) {
        CurrentEvent.run(delivery.metadata(), next);
    }
}

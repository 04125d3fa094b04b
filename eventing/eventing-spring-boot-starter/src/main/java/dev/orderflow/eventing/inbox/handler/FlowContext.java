package dev.orderflow.eventing.inbox.handler;

/** Makes published events part of the flow of the event that is being handled. */
class FlowContext implements HandlerCalls.Step {

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.FLOW;
    }

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
        var scope = delivery.metadata().toContext().open();
        try {
            next.run();
        } finally {
            scope.close();
        }
    }
}

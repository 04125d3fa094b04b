package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.wire.EventLogFields;

/** Puts the event's id, type, key, flow, trace and tenant into the log context while it is handled. */
class LogContext implements HandlerCalls.Step {

    @Override
    public HandlerCalls.Place place() {
        return HandlerCalls.Place.LOG;
    }

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
        var fields = EventLogFields.open(delivery.metadata());
        try {
            next.run();
        } finally {
            fields.close();
        }
    }
}

package dev.orderflow.eventing.inbox.handler;

import dev.orderflow.eventing.wire.LogText;
import org.slf4j.MDC;

/** Puts the event's id, type and flow into the log context while it is handled. */
class LogContext implements HandlerCalls.Step {

    private static final String ID = "eventId";
    private static final String TYPE = "eventType";
    private static final String CORRELATION_ID = "correlationId";

    @Override
    public void around(HandlerCalls.Call delivery, Runnable next) {
        var metadata = delivery.metadata();
        try {
            MDC.put(ID, metadata.id().toString());
            MDC.put(TYPE, LogText.of(metadata.type()));
            MDC.put(CORRELATION_ID, LogText.of(metadata.correlationId()));
            next.run();
        } finally {
            MDC.remove(ID);
            MDC.remove(TYPE);
            MDC.remove(CORRELATION_ID);
        }
    }
}

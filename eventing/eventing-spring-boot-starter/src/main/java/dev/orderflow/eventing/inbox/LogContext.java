package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.LogText;
import org.slf4j.MDC;

/** Puts the event's id, type and flow into the log context while it is handled. */
class LogContext implements HandlerChain.Step {

    @Override
    public void around(HandlerChain.Call delivery, Runnable next) {
        var metadata = delivery.metadata();
        try (var _ = MDC.putCloseable("eventId", metadata.id().toString());
                var _ = MDC.putCloseable("eventType", LogText.of(metadata.type()));
                var _ = MDC.putCloseable("correlationId", LogText.of(metadata.correlationId()))) {
            next.run();
        }
    }
}

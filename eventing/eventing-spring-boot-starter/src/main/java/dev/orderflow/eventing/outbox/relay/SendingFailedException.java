package dev.orderflow.eventing.outbox.relay;

import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Thrown when an event could not be sent. Events that were handed to the producer after it were not sent either. */
class SendingFailedException extends KafkaException {

    private final transient List<OutboxRow> suspects;
    private final transient List<OutboxRow> unsent;

    /**
     * @param suspects events that may be the cause, in their order; empty if no event is the cause
     * @param unsent   all unacknowledged events in their order, including the suspects and those not yet handed over
     */
    SendingFailedException(List<OutboxRow> suspects, List<OutboxRow> unsent, Throwable cause) {
        super("cannot send an event: " + cause.getMessage(), cause);
        this.suspects = suspects;
        this.unsent = unsent;
    }

    List<OutboxRow> suspects() {
        return suspects;
    }

    List<OutboxRow> unsent() {
        return unsent;
    }

    /** The cause for the first suspect, from the broker's answer. */
    Refusal refusal() {
        return Refusal.of(getCause(), false);
    }
}

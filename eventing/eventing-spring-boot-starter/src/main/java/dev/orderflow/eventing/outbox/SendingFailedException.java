package dev.orderflow.eventing.outbox;

import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Events could not be sent. Those that were handed to the producer after the first of them were not sent either. */
class SendingFailedException extends KafkaException {

    private final transient List<OutboxRow> suspects;
    private final transient List<OutboxRow> unsent;

    /**
     * @param suspects in their order those of which one is the reason; none if no event is
     * @param unsent   in their order all that are not acknowledged, suspects too, and those that were still to be handed over
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

    /** What the broker's answer means for the first suspect. */
    Refusal refusal() {
        return Refusal.of(getCause(), false);
    }
}

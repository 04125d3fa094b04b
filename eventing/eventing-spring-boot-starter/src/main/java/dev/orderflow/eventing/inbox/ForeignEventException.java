package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.wire.UndecodableEventException;

/** An event whose source must not publish it on its topic. */
class ForeignEventException extends UndecodableEventException {

    private final String topic;

    ForeignEventException(String topic, String message) {
        super(message);
        this.topic = topic;
    }

    String topic() {
        return topic;
    }
}

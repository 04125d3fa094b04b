package dev.orderflow.eventing.schemas;

import dev.orderflow.eventing.wire.UndecodableEventException;

/** Thrown for consumed data that is not parsed because too many events of its type were invalid. Dead letters store the name of this class. */
final class UnparsedEventException extends UndecodableEventException {

    UnparsedEventException(String type) {
        super("the circuit of " + type + " is open: events of this type are not parsed at present");
    }

    /** Creates no stack trace: there may be hundreds of thousands, all from one place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

package dev.orderflow.eventing.wire;

/** Thrown for an event whose signature does not prove its source. Dead letters store the name of this class. */
public class ForgedEventException extends UndecodableEventException {

    public ForgedEventException(String message) {
        super(message);
    }
}

package dev.orderflow.eventing.deadletter;

/** A letter could not be sent on its way, and with it nothing of its chunk. */
final class UnsendableLetterException extends RuntimeException {

    private final transient Letter letter;

    UnsendableLetterException(Letter letter, Throwable cause) {
        super("letter " + letter.id() + " of event " + letter.source().id(), cause);
        this.letter = letter;
    }

    Letter letter() {
        return letter;
    }
}

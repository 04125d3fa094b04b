package dev.orderflow.eventing.deadletter;

/** Thrown when a letter cannot be sent. The whole chunk is rolled back. */
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

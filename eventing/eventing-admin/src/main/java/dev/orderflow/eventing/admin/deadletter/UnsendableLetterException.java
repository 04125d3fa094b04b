package dev.orderflow.eventing.admin.deadletter;

/** Thrown when a letter cannot be sent. The whole chunk is rolled back. */
final class UnsendableLetterException extends RuntimeException {

    private final transient QueuedLetter letter;

    UnsendableLetterException(QueuedLetter letter, Throwable cause) {
        super("letter " + letter.id() + " of event " + letter.source().id(), cause);
        this.letter = letter;
    }

    QueuedLetter letter() {
        return letter;
    }
}

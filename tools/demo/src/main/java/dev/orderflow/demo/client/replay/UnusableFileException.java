package dev.orderflow.demo.client.replay;

/** The file as a whole isn't what is wanted. The message is one sentence that says what would be. */
class UnusableFileException extends Exception {

    UnusableFileException(String message) {
        super(message);
    }
}

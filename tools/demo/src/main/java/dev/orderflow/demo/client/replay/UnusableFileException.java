package dev.orderflow.demo.client.replay;

/** Reports that the file as a whole cannot be used. The message is one sentence that says what would be valid. */
class UnusableFileException extends Exception {

    UnusableFileException(String message) {
        super(message);
    }
}

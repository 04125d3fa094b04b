package dev.orderflow.demo.client.replay;

/** A row cannot be understood. The message says why. */
class MalformedRowException extends Exception {

    MalformedRowException(String message) {
        super(message);
    }
}

package dev.orderflow.demo.client.replay;

/** Reports an invalid row. The message says why. */
class MalformedRowException extends Exception {

    MalformedRowException(String message) {
        super(message);
    }
}

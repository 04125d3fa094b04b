package dev.orderflow.eventing.outbox;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** An event could not be sent. None that was handed to the producer after it was sent either. */
class SendingFailedException extends KafkaException {

    private final transient OutboxRow row;

    SendingFailedException(OutboxRow row, Throwable cause) {
        super("cannot send an event: " + cause.getMessage(), cause);
        this.row = row;
    }

    /** What could not be sent. */
    OutboxRow row() {
        return row;
    }

    /** Whether the event itself is the reason, so that it fails whenever it is sent. */
    boolean isForGood() {
        return switch (getCause()) {
            case RecordTooLargeException e -> true;
            case RecordBatchTooLargeException e -> true;
            case InvalidRecordException e -> true;
            case SerializationException e -> true;
            default -> false;
        };
    }
}

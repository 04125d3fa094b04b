package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.NotRetryable;
import dev.orderflow.eventing.wire.LogText;

/**
 * A record could not be stored, although there was no outage. Its dead letter contains only the parts that are certain to be
 * storable.
 */
@NotRetryable
class UnstorableRecordException extends RuntimeException {

    /** Omits the failure as the cause: its message may be the very text that cannot be stored. */
    UnstorableRecordException(Throwable failure) {
        super("the record could not be stored: " + LogText.of(failure));
    }
}

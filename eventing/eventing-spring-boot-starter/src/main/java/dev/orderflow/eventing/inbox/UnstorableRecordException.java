package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.NotRetryable;
import dev.orderflow.eventing.wire.LogText;

/** A record could not be stored, for a reason that is no outage. Its dead letter has only what was certain to be storable. */
@NotRetryable
class UnstorableRecordException extends RuntimeException {

    /** Without the failure as its cause: what that says may be just what cannot be stored. */
    UnstorableRecordException(Throwable failure) {
        super("the record could not be stored: " + LogText.of(failure));
    }
}

package dev.orderflow.eventing.retry;

import dev.orderflow.eventing.NotRetryable;
import java.util.Locale;

/** The cause of death of an event whose record on a retry topic is lost or was never sent, and cannot be sent again. */
@NotRetryable
final class LostRecordException extends RuntimeException {

    private LostRecordException(String message) {
        super(message);
    }

    static LostRecordException withoutContent(Hold hold) {
        return new LostRecordException(String.format(
                Locale.ROOT,
                "The record on the retry topic of level %d is gone, and so is its content. It was published as %s-%d@%d",
                hold.level(),
                hold.stream().topic(),
                hold.sourcePartition(),
                hold.sourceOffset()));
    }

    static LostRecordException unsent(OverdueHolds.Unsent unsent) {
        return new LostRecordException(String.format(
                Locale.ROOT,
                "The record for the retry topic %s cannot be sent and is parked in the outbox%s",
                unsent.topic(),
                unsent.cause() == null ? " behind another" : ": " + unsent.cause()));
    }

    static LostRecordException givenUp(String reason) {
        return new LostRecordException("Given up by an operator: " + reason);
    }
}

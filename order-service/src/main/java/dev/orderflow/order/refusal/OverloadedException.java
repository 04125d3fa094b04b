package dev.orderflow.order.refusal;

import java.time.Duration;

/** The service has enough to do. Nothing was done for this request. */
public final class OverloadedException extends RuntimeException {

    public static final String CODE = "overloaded";

    private final transient Duration retryAfter;

    /** Has no stack trace: there are the most of them when there is the least time. */
    public OverloadedException(Duration retryAfter) {
        super("There are more requests than can be carried out. Nothing was done for this one.", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** Time after which a repetition is likely to be carried out; at least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }
}

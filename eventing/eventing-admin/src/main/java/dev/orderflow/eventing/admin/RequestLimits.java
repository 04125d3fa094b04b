package dev.orderflow.eventing.admin;

/** Limits of a request, which bound the work and the memory that it takes. */
public final class RequestLimits {

    /** The maximum number of ids. */
    public static final int MOST_IDS = 1_000;

    /** The maximum length of a filter's value. */
    public static final int LONGEST_VALUE = 3_000;

    private RequestLimits() {}
}

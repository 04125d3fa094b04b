package dev.orderflow.order.refusal;

import java.time.Duration;

/** Says whether an order would be refused at this moment, before anything is done for it. Thread-safe. */
public interface Admission {

    /** What a refused client is told. */
    String DETAIL = "More orders are on their way than can be completed soon. Nothing was done for this one.";

    /** Whether too many orders are on their way for one more; that one is then counted as refused. */
    boolean refuses();

    /** When a refused client should come back. */
    Duration retryAfter();
}

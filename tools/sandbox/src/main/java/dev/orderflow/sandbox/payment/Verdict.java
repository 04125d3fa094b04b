package dev.orderflow.sandbox.payment;

import java.util.concurrent.CompletableFuture;

/** Decision on a call. */
sealed interface Verdict {

    /** Processes the call. */
    record Proceed() implements Verdict {}

    record Decline() implements Verdict {}

    record Fail() implements Verdict {}

    /** Fails the call, but only when {@code end} completes. */
    record Hang(CompletableFuture<Void> end) implements Verdict {}
}

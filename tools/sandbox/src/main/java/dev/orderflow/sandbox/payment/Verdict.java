package dev.orderflow.sandbox.payment;

import java.util.concurrent.CompletableFuture;

/** What becomes of a call. */
sealed interface Verdict {

    /** It does its work. */
    record Proceed() implements Verdict {}

    record Decline() implements Verdict {}

    record Fail() implements Verdict {}

    /** It fails, but only when {@code end} completes. */
    record Hang(CompletableFuture<Void> end) implements Verdict {}
}

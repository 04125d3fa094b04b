package dev.orderflow.order.idempotency;

import java.util.UUID;

/** The outcome of claiming an idempotency key for a request. */
sealed interface Claim {

    /** The key belongs to this transaction, if it commits. */
    record Granted() implements Claim {}

    /** The same request was carried out before, and led to this order. */
    record AlreadyDone(UUID orderId) implements Claim {}

    /** Another transaction is carrying out a request with this key right now. */
    record InProgress() implements Claim {}

    /** The key belongs to a different request. */
    record TakenByOtherRequest() implements Claim {}
}

package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Line of the ledger's file. The ledger's state results from these in their order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerEntry.Charged.class, name = "charged"),
    @JsonSubTypes.Type(value = LedgerEntry.Repeated.class, name = "repeated"),
    @JsonSubTypes.Type(value = LedgerEntry.Refunded.class, name = "refunded")
})
sealed interface LedgerEntry {

    /** First call with {@code key} and its response. */
    record Charged(String key, PaymentRequest request, Answer answer) implements LedgerEntry {}

    /** Further call with {@code key}, which got the same response as the first. */
    record Repeated(String key) implements LedgerEntry {}

    /** Refund of the payment charged with {@code paymentKey}, requested with {@code key}. */
    record Refunded(String key, String paymentKey, Answer answer) implements LedgerEntry {}
}

package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line of the ledger's file. The ledger is what these say, in their order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerEntry.Charged.class, name = "charged"),
    @JsonSubTypes.Type(value = LedgerEntry.Repeated.class, name = "repeated"),
    @JsonSubTypes.Type(value = LedgerEntry.Refunded.class, name = "refunded")
})
sealed interface LedgerEntry {

    /** A first call with {@code key}, answered by {@code answer}. */
    record Charged(String key, PaymentRequest request, Answer answer) implements LedgerEntry {}

    /** A further call with {@code key}, answered as the first was. */
    record Repeated(String key) implements LedgerEntry {}

    /** The payment charged with {@code paymentKey} was given back by a call with {@code key}. */
    record Refunded(String key, String paymentKey, Answer answer) implements LedgerEntry {}
}

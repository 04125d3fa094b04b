package dev.orderflow.sandbox.payment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What a shop asks for: to charge {@code amount} for an order. */
record PaymentRequest(
        @NotBlank @Size(max = 100) String orderId,
        @NotNull @Valid Amount amount,
        @NotNull PaymentMethod paymentMethod) {

    boolean sameAs(PaymentRequest other) {
        return orderId.equals(other.orderId) && amount.sameAs(other.amount) && paymentMethod == other.paymentMethod;
    }
}

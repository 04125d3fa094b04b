package dev.orderflow.sandbox.payment;

import dev.orderflow.edge.CodePoints;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/** Request to charge {@code amount} for an order. */
record PaymentRequest(
        @NotBlank @CodePoints(max = 100) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*")
        String orderId,

        @NotNull @Valid Amount amount,
        @NotNull PaymentMethod paymentMethod) {

    boolean sameAs(PaymentRequest other) {
        return orderId.equals(other.orderId) && amount.sameAs(other.amount) && paymentMethod == other.paymentMethod;
    }
}

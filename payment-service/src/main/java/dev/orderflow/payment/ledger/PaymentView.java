package dev.orderflow.payment.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.events.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment as an operator sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaymentView(
        UUID orderId,
        Money amount,
        PaymentState state,
        @Nullable String providerReference,
        @Nullable String declineReason,
        Instant createdAt,
        Instant updatedAt) {

    static PaymentView of(Payment payment) {
        return new PaymentView(
                payment.orderId(),
                payment.amount(),
                payment.state(),
                payment.providerReference(),
                payment.declineReason(),
                payment.createdAt(),
                payment.updatedAt());
    }
}

package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says to a charge or a refund.
 *
 * @param reference the provider's own name of the transaction
 * @param outcome   what became of it
 * @param reason    why it was declined; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
        String reference, PaymentState outcome, @Nullable String reason) {}

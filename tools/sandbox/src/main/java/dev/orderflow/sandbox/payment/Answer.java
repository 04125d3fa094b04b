package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Provider's response to a charge or a refund.
 *
 * @param reference the provider's id of the transaction
 * @param outcome its result
 * @param reason why it was declined; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
        String reference, PaymentState outcome, @Nullable String reason) {}

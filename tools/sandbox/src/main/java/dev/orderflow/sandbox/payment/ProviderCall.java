package dev.orderflow.sandbox.payment;

import org.jspecify.annotations.Nullable;

/**
 * Properties of a call that a fault may match.
 *
 * @param card null for a refund, which names none
 * @param declinable whether the result is still open: not for a refund or a charge that already has a
 *     recorded response
 */
record ProviderCall(String orderId, @Nullable PaymentMethod card, boolean declinable) {

    static ProviderCall charge(PaymentRequest request, boolean answeredBefore) {
        return new ProviderCall(request.orderId(), request.paymentMethod(), !answeredBefore);
    }

    static ProviderCall refund(String orderId) {
        return new ProviderCall(orderId, null, false);
    }
}

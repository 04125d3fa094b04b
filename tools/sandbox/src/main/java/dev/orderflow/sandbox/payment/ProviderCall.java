package dev.orderflow.sandbox.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a fault may look at.
 *
 * @param card       null for a refund, which names none
 * @param declinable whether the answer is still open: neither a refund nor a charge that was answered before is
 */
record ProviderCall(String orderId, @Nullable PaymentMethod card, boolean declinable) {

    static ProviderCall charge(PaymentRequest request, boolean answeredBefore) {
        return new ProviderCall(request.orderId(), request.paymentMethod(), !answeredBefore);
    }

    static ProviderCall refund(String orderId) {
        return new ProviderCall(orderId, null, false);
    }
}

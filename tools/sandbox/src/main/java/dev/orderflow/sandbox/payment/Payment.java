package dev.orderflow.sandbox.payment;

import org.jspecify.annotations.Nullable;

/** Memory-resident part of a charge, kept small because there are many. Not thread-safe: guarded by the {@link Ledger}. */
final class Payment {

    private final int entry;
    private final @Nullable Payment earlierOfOrder;
    private PaymentState state;
    private int calls = 1;

    /**
     * Creates the state of a new charge.
     *
     * @param entry number of its {@link LedgerEntry.Charged}
     * @param earlierOfOrder the previous charge for the same order
     */
    Payment(int entry, PaymentState state, @Nullable Payment earlierOfOrder) {
        this.entry = entry;
        this.state = state;
        this.earlierOfOrder = earlierOfOrder;
    }

    int entry() {
        return entry;
    }

    PaymentState state() {
        return state;
    }

    /** Returns the order's oldest captured charge that is not refunded: this one, an earlier one, or none. */
    @Nullable
    Payment oldestCaptured() {
        Payment oldest = null;
        for (var each = this; each != null; each = each.earlierOfOrder) {
            if (each.state == PaymentState.CAPTURED) {
                oldest = each;
            }
        }
        return oldest;
    }

    void calledAgain() {
        calls++;
    }

    void refunded() {
        state = PaymentState.REFUNDED;
    }

    Standing standing() {
        return new Standing(entry, state, calls);
    }

    /** Current state of a payment. */
    record Standing(int entry, PaymentState state, int calls) {

        Item toItem(LedgerEntry.Charged charged) {
            return new Item(charged.request().orderId(), charged.request().amount(), state, charged.key(), calls);
        }
    }

    /**
     * Payment as it is listed.
     *
     * @param calls how often the provider has processed this idempotency key; injected failures do not count
     */
    record Item(String orderId, Amount amount, PaymentState state, String idempotencyKey, int calls) {}
}

package dev.orderflow.sandbox.payment;

import org.jspecify.annotations.Nullable;

/** What is kept in memory of a charge: little, as there are many. Not thread-safe: guarded by the {@link Ledger}. */
final class Payment {

    private final int entry;
    private final @Nullable Payment earlierOfOrder;
    private PaymentState state;
    private int calls = 1;

    /**
     * @param entry          number of its {@link LedgerEntry.Charged}
     * @param earlierOfOrder the one that was asked for the same order before
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

    /** The oldest of its order that is captured and was not given back: this one, an earlier one, or none. */
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

    /** What became of a payment by now. */
    record Standing(int entry, PaymentState state, int calls) {

        Item toItem(LedgerEntry.Charged charged) {
            return new Item(charged.request().orderId(), charged.request().amount(), state, charged.key(), calls);
        }
    }

    /**
     * A payment as it is listed.
     *
     * @param calls how often the provider has processed this idempotency key; failures on demand do not count
     */
    record Item(String orderId, Amount amount, PaymentState state, String idempotencyKey, int calls) {}
}

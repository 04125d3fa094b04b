package dev.orderflow.sandbox.payment;

/** A charge and what became of it. Not thread-safe: guarded by the {@link Ledger}. */
final class Payment {

    private final String key;
    private final PaymentRequest request;
    private final Answer answer;
    private PaymentState state;
    private int calls = 1;

    Payment(String key, PaymentRequest request, Answer answer) {
        this.key = key;
        this.request = request;
        this.answer = answer;
        this.state = answer.outcome();
    }

    String key() {
        return key;
    }

    PaymentRequest request() {
        return request;
    }

    /** What the first call was answered, and every further one is. */
    Answer answer() {
        return answer;
    }

    PaymentState state() {
        return state;
    }

    void calledAgain() {
        calls++;
    }

    void refunded() {
        state = PaymentState.REFUNDED;
    }

    Item toItem() {
        return new Item(request.orderId(), request.amount(), state, key, calls);
    }

    /**
     * A payment as it is listed.
     *
     * @param calls how often the provider has processed this idempotency key; failures on demand do not count
     */
    record Item(String orderId, Amount amount, PaymentState state, String idempotencyKey, int calls) {}
}

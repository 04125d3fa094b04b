package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.SandboxProperties;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.payment.LedgerEntry.Charged;
import dev.orderflow.sandbox.payment.LedgerEntry.Refunded;
import dev.orderflow.sandbox.payment.LedgerEntry.Repeated;
import dev.orderflow.sandbox.web.Page;
import dev.orderflow.sandbox.web.Problem;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The provider's books. An idempotency key stands for one charge or refund: a further call with it gets the first one's
 * answer and moves no money. Like a real provider, it does not know that an order is paid only once: another key for the
 * same order is another charge, so that a client that mixes up its keys is found out.
 * <p>
 * Looking a key up, writing the entry and remembering it happen under one lock; of concurrent calls with one key the first
 * is processed and the others find it done. An entry is in the file before it is in memory and before anybody is answered.
 */
@Component
class Ledger {

    private final Journal<LedgerEntry> journal;
    private final List<Payment> payments = new ArrayList<>();
    private final Map<String, Payment> paymentsByKey = new HashMap<>();
    private final Map<String, List<Payment>> paymentsByOrder = new HashMap<>();
    private final Map<String, Refund> refundsByKey = new HashMap<>();

    Ledger(SandboxProperties properties) {
        this.journal = Journal.open(properties.data().resolve("payments.jsonl"), LedgerEntry.class);
        journal.forEach(this::apply);
    }

    /** Whether a charge with {@code key} was answered; a further one will be answered the same. */
    synchronized boolean knows(String key) {
        return paymentsByKey.containsKey(key);
    }

    /** @throws Problem 422 when {@code key} was used for another request */
    Answer charge(String key, PaymentRequest request) {
        return answer(
                key,
                request,
                switch (request.paymentMethod()) {
                    case CARD -> PaymentState.CAPTURED;
                    case CARD_DECLINED -> PaymentState.DECLINED;
                });
    }

    /**
     * Declines a charge whatever the card, and books that like any other.
     *
     * @throws Problem 422 when {@code key} was used for another request
     */
    Answer decline(String key, PaymentRequest request) {
        return answer(key, request, PaymentState.DECLINED);
    }

    /**
     * Gives back the order's oldest charge that was not given back yet.
     *
     * @throws Problem 404 when nothing was asked for this order, 409 when nothing of it is captured, 422 when {@code key}
     *                 was used for another order's refund
     */
    synchronized Answer refund(String key, String orderId) {
        var known = refundsByKey.get(key);
        if (known != null) {
            if (!known.orderId().equals(orderId)) {
                throw keyReused(key);
            }
            return known.answer();
        }
        var answer = new Answer("ref_" + UUID.randomUUID(), PaymentState.REFUNDED, null);
        record(new Refunded(key, refundable(orderId).key(), answer));
        return answer;
    }

    /** The payments in the order in which they were asked for. */
    synchronized Page<Payment.Item> list(int limit, int offset) {
        var items =
                payments.stream().skip(offset).limit(limit).map(Payment::toItem).toList();
        return new Page<>(items, payments.size());
    }

    @PreDestroy
    void close() throws IOException {
        journal.close();
    }

    private synchronized Answer answer(String key, PaymentRequest request, PaymentState outcome) {
        var known = paymentsByKey.get(key);
        if (known == null) {
            var reason = outcome == PaymentState.DECLINED ? "card declined" : null;
            var answer = new Answer("pay_" + UUID.randomUUID(), outcome, reason);
            record(new Charged(key, request, answer));
            return answer;
        }
        if (!known.request().sameAs(request)) {
            throw keyReused(key);
        }
        record(new Repeated(key));
        return known.answer();
    }

    private void record(LedgerEntry entry) {
        journal.append(entry);
        apply(entry);
    }

    private void apply(LedgerEntry entry) {
        switch (entry) {
            case Charged(var key, var request, var answer) -> add(new Payment(key, request, answer));
            case Repeated(var key) -> payment(key).calledAgain();
            case Refunded(var key, var paymentKey, var answer) -> {
                var payment = payment(paymentKey);
                payment.refunded();
                refundsByKey.put(key, new Refund(payment.request().orderId(), answer));
            }
        }
    }

    private void add(Payment payment) {
        payments.add(payment);
        paymentsByKey.put(payment.key(), payment);
        paymentsByOrder.merge(payment.request().orderId(), List.of(payment), Ledger::concat);
    }

    private Payment payment(String key) {
        var payment = paymentsByKey.get(key);
        if (payment == null) {
            throw new IllegalStateException("the ledger's file speaks of key " + key + " before it was charged");
        }
        return payment;
    }

    private Payment refundable(String orderId) {
        var ofOrder = paymentsByOrder.get(orderId);
        if (ofOrder == null) {
            throw new Problem(HttpStatus.NOT_FOUND, "UNKNOWN_ORDER", "no payment was asked for order " + orderId);
        }
        return ofOrder.stream()
                .filter(payment -> payment.state() == PaymentState.CAPTURED)
                .findFirst()
                .orElseThrow(() -> new Problem(
                        HttpStatus.CONFLICT,
                        "NOTHING_CAPTURED",
                        "order " + orderId + " is " + ofOrder.getLast().state() + ", there is nothing to give back"));
    }

    private static List<Payment> concat(List<Payment> earlier, List<Payment> later) {
        var all = new ArrayList<>(earlier);
        all.addAll(later);
        return List.copyOf(all);
    }

    private static Problem keyReused(String key) {
        return new Problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "IDEMPOTENCY_KEY_REUSED",
                "Idempotency-Key " + key + " was used for another request");
    }

    private record Refund(String orderId, Answer answer) {}
}

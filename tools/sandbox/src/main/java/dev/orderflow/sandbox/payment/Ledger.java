package dev.orderflow.sandbox.payment;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.sandbox.SandboxProperties;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.NameIndex;
import dev.orderflow.sandbox.payment.LedgerEntry.Charged;
import dev.orderflow.sandbox.payment.LedgerEntry.Refunded;
import dev.orderflow.sandbox.payment.LedgerEntry.Repeated;
import dev.orderflow.sandbox.web.Page;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The provider's ledger. An idempotency key identifies one charge or refund: a further call with it gets the first
 * one's response and moves no money. Like a real provider, it does not know that an order is paid only once: another
 * key for the same order is another charge, which reveals a client that confuses its keys.
 * <p>
 * Looking up a key, writing the entry and indexing it happen under one lock; of concurrent calls with one key the first
 * is processed and the others find its entry. An entry is in the file before it is in memory and before any response is
 * sent.
 * <p>
 * Memory holds the positions of the entries, by key and by order, and the state of each payment; the rest is read from
 * the file, so that some hundred thousand payments fit a small heap.
 */
@Component
class Ledger {

    private final Journal<LedgerEntry> journal;
    private final List<Payment> payments = new ArrayList<>();
    /** Indexes in {@link #payments} by idempotency key. */
    private final NameIndex paymentsByKey = new NameIndex();
    /** Index in {@link #payments} of each order's last payment. */
    private final NameIndex paymentsByOrder = new NameIndex();
    /** Entry numbers of refunds by idempotency key. */
    private final NameIndex refundsByKey = new NameIndex();

    Ledger(SandboxProperties properties) {
        this.journal = Journal.open(properties.data().resolve("payments.jsonl"), LedgerEntry.class);
        journal.forEach(this::apply);
    }

    /** Returns whether a charge with {@code key} has a recorded response, which a further call gets, too. */
    synchronized boolean knows(String key) {
        return paymentsByKey.find(key).isPresent();
    }

    /**
     * Charges a card.
     *
     * @throws Refusal 422 when {@code key} was used for another request
     */
    Answer charge(String key, PaymentRequest request) {
        return switch (request.paymentMethod()) {
            case CARD -> answer(key, request, PaymentState.CAPTURED, null);
            case CARD_DECLINED -> decline(key, request);
        };
    }

    /**
     * Returns the response to the charge with {@code key}. If there is none, declines it, also when it arrives later.
     *
     * @throws Refusal 422 when {@code key} was used for another request
     */
    Answer close(String key, PaymentRequest request) {
        return answer(key, request, PaymentState.DECLINED, "closed by the shop");
    }

    /**
     * Declines a charge whatever the card and records that like any other.
     *
     * @throws Refusal 422 when {@code key} was used for another request
     */
    Answer decline(String key, PaymentRequest request) {
        return answer(key, request, PaymentState.DECLINED, "card declined");
    }

    /**
     * Refunds the order's oldest charge that is not refunded yet.
     *
     * @throws Refusal 404 when the order has no payment, 409 when none of its payments is captured, 422 when
     * {@code key} was used for another order's refund
     */
    synchronized Answer refund(String key, String orderId) {
        var known = refundsByKey.find(key);
        if (known.isPresent()) {
            var refund = (Refunded) journal.read(known.getAsInt());
            if (!charge(payment(refund.paymentKey())).request().orderId().equals(orderId)) {
                throw keyReused(key);
            }
            return refund.answer();
        }
        var answer = new Answer("ref_" + UUID.randomUUID(), PaymentState.REFUNDED, null);
        record(new Refunded(key, charge(refundable(orderId)).key(), answer));
        return answer;
    }

    /** Lists the payments in the order of their first requests. Charges are not blocked for the whole read. */
    Page<Payment.Item> list(int limit, int offset) {
        var standings = standings(limit, offset);
        var items = standings.items().stream()
                .map(standing -> standing.toItem((Charged) journal.read(standing.entry())))
                .toList();
        return new Page<>(items, standings.total());
    }

    private synchronized Page<Payment.Standing> standings(int limit, int offset) {
        return new Page<>(
                payments.stream()
                        .skip(offset)
                        .limit(limit)
                        .map(Payment::standing)
                        .toList(),
                payments.size());
    }

    @PreDestroy
    void close() throws IOException {
        journal.close();
    }

    private synchronized Answer answer(
            String key, PaymentRequest request, PaymentState outcome, @Nullable String reason) {
        var known = paymentsByKey.find(key);
        if (known.isEmpty()) {
            var answer = new Answer("pay_" + UUID.randomUUID(), outcome, reason);
            record(new Charged(key, request, answer));
            return answer;
        }
        var charged = charge(payments.get(known.getAsInt()));
        if (!charged.request().sameAs(request)) {
            throw keyReused(key);
        }
        record(new Repeated(key));
        return charged.answer();
    }

    private void record(LedgerEntry entry) {
        apply(entry, journal.append(entry));
    }

    private void apply(LedgerEntry entry, int number) {
        switch (entry) {
            case Charged charged -> add(charged, number);
            case Repeated(var key) -> payment(key).calledAgain();
            case Refunded(var key, var paymentKey, var _) -> {
                payment(paymentKey).refunded();
                refundsByKey.put(key, number);
            }
        }
    }

    private void add(Charged charged, int number) {
        var order = charged.request().orderId();
        payments.add(new Payment(number, charged.answer().outcome(), lastOf(order)));
        paymentsByKey.put(charged.key(), payments.size() - 1);
        paymentsByOrder.put(order, payments.size() - 1);
    }

    private Charged charge(Payment payment) {
        return (Charged) journal.read(payment.entry());
    }

    private Payment payment(String key) {
        return payments.get(paymentsByKey
                .find(key)
                .orElseThrow(() ->
                        new IllegalStateException("the ledger's file contains key " + key + " before it was charged")));
    }

    private @Nullable Payment lastOf(String orderId) {
        var last = paymentsByOrder.find(orderId);
        return last.isPresent() ? payments.get(last.getAsInt()) : null;
    }

    private Payment refundable(String orderId) {
        var last = lastOf(orderId);
        if (last == null) {
            throw Refusal.notFound("UNKNOWN_ORDER", "there is no payment for order " + orderId);
        }
        var oldest = last.oldestCaptured();
        if (oldest == null) {
            throw Refusal.conflict(
                    "NOTHING_CAPTURED", "order " + orderId + " is " + last.state() + ", there is nothing to refund");
        }
        return oldest;
    }

    private static Refusal keyReused(String key) {
        return Refusal.unacceptable(
                "IDEMPOTENCY_KEY_REUSED", "Idempotency-Key " + key + " was used for another request");
    }
}

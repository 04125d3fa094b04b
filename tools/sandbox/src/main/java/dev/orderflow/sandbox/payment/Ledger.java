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
 * The provider's books. An idempotency key stands for one charge or refund: a further call with it gets the first one's
 * answer and moves no money. Like a real provider, it does not know that an order is paid only once: another key for the
 * same order is another charge, so that a client that mixes up its keys is found out.
 * <p>
 * Looking a key up, writing the entry and remembering it happen under one lock; of concurrent calls with one key the first
 * is processed and the others find it done. An entry is in the file before it is in memory and before anybody is answered.
 * <p>
 * Memory holds where to find an entry, by key and by order, and what became of a payment; the rest is read from the file, so that
 * some hundred thousand fit a small heap.
 */
@Component
class Ledger {

    private final Journal<LedgerEntry> journal;
    private final List<Payment> payments = new ArrayList<>();
    /** Numbers in {@link #payments}. */
    private final NameIndex paymentsByKey = new NameIndex();
    /** Numbers in {@link #payments}, of each order's last. */
    private final NameIndex paymentsByOrder = new NameIndex();
    /** Numbers of entries. */
    private final NameIndex refundsByKey = new NameIndex();

    Ledger(SandboxProperties properties) {
        this.journal = Journal.open(properties.data().resolve("payments.jsonl"), LedgerEntry.class);
        journal.forEach(this::apply);
    }

    /** Whether a charge with {@code key} was answered; a further one will be answered the same. */
    synchronized boolean knows(String key) {
        return paymentsByKey.find(key).isPresent();
    }

    /** @throws Refusal 422 when {@code key} was used for another request */
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
     * @throws Refusal 422 when {@code key} was used for another request
     */
    Answer decline(String key, PaymentRequest request) {
        return answer(key, request, PaymentState.DECLINED);
    }

    /**
     * Gives back the order's oldest charge that was not given back yet.
     *
     * @throws Refusal 404 when nothing was asked for this order, 409 when nothing of it is captured, 422 when {@code key}
     *                 was used for another order's refund
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

    /** The payments in the order in which they were asked for. Charges need not wait until all of them have been read. */
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

    private synchronized Answer answer(String key, PaymentRequest request, PaymentState outcome) {
        var known = paymentsByKey.find(key);
        if (known.isEmpty()) {
            var reason = outcome == PaymentState.DECLINED ? "card declined" : null;
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
                .orElseThrow(() -> new IllegalStateException(
                        "the ledger's file speaks of key " + key + " before it was charged")));
    }

    private @Nullable Payment lastOf(String orderId) {
        var last = paymentsByOrder.find(orderId);
        return last.isPresent() ? payments.get(last.getAsInt()) : null;
    }

    private Payment refundable(String orderId) {
        var last = lastOf(orderId);
        if (last == null) {
            throw Refusal.notFound("UNKNOWN_ORDER", "no payment was asked for order " + orderId);
        }
        var oldest = last.oldestCaptured();
        if (oldest == null) {
            throw Refusal.conflict(
                    "NOTHING_CAPTURED", "order " + orderId + " is " + last.state() + ", there is nothing to give back");
        }
        return oldest;
    }

    private static Refusal keyReused(String key) {
        return Refusal.unacceptable(
                "IDEMPOTENCY_KEY_REUSED", "Idempotency-Key " + key + " was used for another request");
    }
}

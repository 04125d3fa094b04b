package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.NotRetryable;
import dev.orderflow.eventing.WhenExhausted;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.DatabaseOutage;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.KeyQueues;
import dev.orderflow.eventing.retry.KeyQueues.Failure;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.wire.LogText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Consumes events in one transaction: records the new ones in the inbox, handles those that are next in their stream, and diverts
 * the others. Each event is handled, diverted, or a copy of an event that was consumed before. Not thread-safe.
 */
class BatchTransaction {

    private final Inbox inbox;
    private final Diversion diversion;
    private final TransactionOperations transaction;
    private final BatchSavepoints savepoints;
    private final HandlerCalls calls;
    private final BatchSavepoints.Distance distance = new BatchSavepoints.Distance();

    BatchTransaction(
            Inbox inbox,
            Diversion diversion,
            TransactionOperations transaction,
            BatchSavepoints savepoints,
            HandlerCalls calls) {
        this.inbox = inbox;
        this.diversion = diversion;
        this.transaction = transaction;
        this.savepoints = savepoints;
        this.calls = calls;
    }

    /**
     * Committed result of a transaction.
     *
     * @param expired events that took no effect, because their deadline had passed
     */
    record Consumed(List<Delivery> handled, List<Delivery> expired, List<Move> moves, List<DecodedRecord> copies) {}

    /** Returns the {@code deliveries} that have to call out. They are not consumed yet and have no unresolved earlier event. */
    List<Delivery> turnToCall(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        var keys = DedupKeys.of(deliveries, calls);
        var remembered = inbox.remembered(firsts(deliveries), keys.byEvent().values());
        var first = keys.first(key -> !remembered.contains(key));
        var queues = diversion.look(deliveries.stream().map(Delivery::consumed).toList());
        return deliveries.stream()
                .filter(delivery ->
                        isNew(delivery, !remembered.contains(delivery.id()) && first.test(delivery), queues))
                .filter(delivery -> queues.isTurnOf(delivery.consumed()))
                .toList();
    }

    /**
     * Consumes all of {@code events}, or throws and consumes none of them.
     *
     * @throws HandlingFailedException with the event whose handler failed
     */
    Consumed consume(List<DecodedRecord> events, Findings findings) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var keys = DedupKeys.of(events, calls);
            var fresh = inbox.firstSeen(firsts(events), keys.byEvent());
            var locked =
                    diversion.lock(events.stream().map(DecodedRecord::consumed).toList());
            var expired = new HashSet<UUID>();
            var decided =
                    handle(() -> decide(events, fresh, keys, findings, locked.undecided()), findings, status, expired);
            diversion.write(decided.queues());
            calls.forget(events, DecodedRecord::id);
            return consumed(decided, expired);
        }));
    }

    /** Decision about each event, as far as it is known. */
    private record Decided(List<Delivery> handled, List<DecodedRecord> copies, KeyQueues queues) {}

    private static Consumed consumed(Decided decided, Set<UUID> expired) {
        var handled = decided.handled();
        var moves = decided.queues().moves();
        if (expired.isEmpty()) {
            return new Consumed(handled, List.of(), moves, decided.copies());
        }
        var parts = handled.stream().collect(Collectors.partitioningBy(delivery -> expired.contains(delivery.id())));
        return new Consumed(parts.get(false), parts.get(true), moves, decided.copies());
    }

    private static Decided decide(
            List<DecodedRecord> events, Set<UUID> fresh, DedupKeys keys, Findings findings, KeyQueues queues) {
        var decided = new Decided(new ArrayList<>(), new ArrayList<>(), queues);
        var first = keys.first(fresh::contains);
        for (var event : events) {
            if (isNew(event, fresh.contains(event.id()) && first.test(event), queues)) {
                decide(event, findings, queues, decided.handled());
            } else {
                decided.copies().add(event);
            }
        }
        return decided;
    }

    /**
     * Calls the handlers. After a failure it decides again, which changes nothing for the events before the failed one. It then
     * continues from the last savepoint, if the transaction can be rolled back to it.
     *
     * @param expired receives the ids of events that are not handled because they have expired
     */
    private Decided handle(Supplier<Decided> decision, Findings findings, TransactionStatus status, Set<UUID> expired) {
        var decided = decision.get();
        calls.beforeBatch(decided.handled());
        if (calls.prepareBatches() || decided.handled().size() < 2) {
            handle(decided.handled(), findings.answers(), expired);
            return decided;
        }
        var savepoint = savepoints.begin(status);
        var next = 0;
        while (next < decided.handled().size()) {
            var end = Math.min(next + distance.size(), decided.handled().size());
            savepoint.set();
            try {
                handle(decided.handled().subList(next, end), findings.answers(), expired);
                distance.succeeded(end - next);
                next = end;
            } catch (HandlingFailedException e) {
                distance.failed();
                if (DatabaseOutage.isCauseOf(e) || !savepoint.goBack() || !findings.blame(e)) {
                    throw e;
                }
                decided = decision.get();
            }
        }
        return decided;
    }

    private static List<UUID> firsts(List<? extends DecodedRecord> events) {
        return events.stream()
                .filter(DecodedRecord::isFirst)
                .map(DecodedRecord::id)
                .toList();
    }

    private static boolean isNew(DecodedRecord event, boolean unseen, KeyQueues queues) {
        return event.isFirst() ? unseen : queues.isCurrent(event.consumed());
    }

    private static void decide(DecodedRecord event, Findings findings, KeyQueues queues, List<Delivery> handled) {
        var reduction = findings.reductions().get(event.id());
        var consumed = reduction == null
                ? event.consumed()
                : event.consumed().remains(reduction == Findings.Reduction.ATTRIBUTES_AND_PAYLOAD);
        if (!queues.isTurnOf(consumed)) {
            queues.follow(consumed);
            return;
        }
        if (reduction != null) {
            queues.fail(
                    consumed,
                    unstorable(event, Objects.requireNonNull(findings.failures().get(event.id()))));
            return;
        }
        switch (event) {
            case DecodedRecord.Unreadable unreadable ->
                queues.fail(consumed, new Failure(unreadable.cause(), null, WhenExhausted.HOLD, null));
            case DecodedRecord.Obsolete obsolete -> queues.tookEffect(consumed);
            case Delivery delivery -> {
                var failure = findings.failures().get(delivery.id());
                if (failure != null) {
                    queues.fail(consumed, failureOf(delivery, failure));
                } else if (delivery.handler().callsOut() && !findings.answers().containsKey(delivery.id())) {
                    // It has just become the next event of its stream and has not called out yet.
                    queues.follow(consumed);
                } else {
                    queues.tookEffect(consumed);
                    handled.add(delivery);
                }
            }
        }
    }

    private static Failure unstorable(DecodedRecord event, Throwable cause) {
        var handler = event instanceof Delivery delivery ? delivery.handlerName() : null;
        return new Failure(new UnstorableRecordException(cause), handler, WhenExhausted.HOLD, null);
    }

    private static Failure failureOf(Delivery delivery, Throwable cause) {
        var handler = delivery.handler();
        return new Failure(cause, handler.toString(), handler.whenExhausted(), handler.guardNames());
    }

    private void handle(List<Delivery> deliveries, Map<UUID, AfterCall> answers, Set<UUID> expired) {
        for (var delivery : deliveries) {
            try {
                if (calls.run(delivery, answers.get(delivery.id()))) {
                    expired.remove(delivery.id());
                } else {
                    expired.add(delivery.id());
                }
            } catch (RuntimeException e) {
                throw new HandlingFailedException(delivery, e);
            }
        }
    }

    /** Thrown when a handler fails within the transaction, which must be rolled back because of this event. */
    static final class HandlingFailedException extends RuntimeException {

        private final Delivery delivery;
        private final RuntimeException failure;

        private HandlingFailedException(Delivery delivery, RuntimeException failure) {
            super(failure);
            this.delivery = delivery;
            this.failure = failure;
        }

        Delivery delivery() {
            return delivery;
        }

        RuntimeException failure() {
            return failure;
        }
    }

    /**
     * Thrown when a record could not be stored although there was no outage. Its dead letter contains only the parts that are
     * certain to be storable. Dead letters store the name of this class.
     */
    @NotRetryable
    static final class UnstorableRecordException extends RuntimeException {

        /** Omits the failure as the cause, because its message may contain the text that cannot be stored. */
        private UnstorableRecordException(Throwable failure) {
            super("the record could not be stored: " + LogText.of(failure));
        }
    }
}

package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.WhenExhausted;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.KeyQueues;
import dev.orderflow.eventing.retry.KeyQueues.Failure;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Consumes events in one transaction: records the new ones in the inbox, handles those that are next in their stream, and diverts
 * the others. Each event is handled, diverted, or a copy of an event that was consumed before. Not thread-safe.
 */
class BatchTransaction {

    private final HandlerRegistry handlers;
    private final HandlerChain chain;
    private final Inbox inbox;
    private final Diversion diversion;
    private final TransactionOperations transaction;
    private final BatchSavepoints savepoints;
    private final HandlingWatch watch;
    private final WatchedStep step;
    private final SavepointDistance distance = new SavepointDistance();

    BatchTransaction(
            HandlerRegistry handlers,
            HandlerChain chain,
            Inbox inbox,
            Diversion diversion,
            TransactionOperations transaction,
            BatchSavepoints savepoints,
            HandlingWatch watch) {
        this.handlers = handlers;
        this.chain = chain;
        this.inbox = inbox;
        this.diversion = diversion;
        this.transaction = transaction;
        this.savepoints = savepoints;
        this.watch = watch;
        this.step = watch.step();
    }

    /** Committed result of a transaction. */
    record Consumed(List<Delivery> handled, List<Move> moves, List<DecodedRecord> copies) {}

    /**
     * Facts known from before the transaction, by event id.
     *
     * @param repeated events whose call was answered and whose transaction has failed once already
     */
    record Known(
            Map<UUID, AfterCall> answers,
            Map<UUID, Throwable> failures,
            Set<UUID> repeated,
            Map<UUID, Reduction> reductions) {

        static Known of(CallOuts.Results calls) {
            return new Known(calls.answers(), new HashMap<>(calls.failures()), new HashSet<>(), new HashMap<>());
        }

        /**
         * Blames a single event for a failure outside its handler. The first time it counts as a failure of the handler; after
         * that, less and less of its record is stored. Returns false when nothing is left to leave out: the record is not the
         * cause.
         */
        boolean blame(DecodedRecord event, RuntimeException failure) {
            if (failures.put(event.id(), failure) == null) {
                return true;
            }
            var more = reductions.get(event.id()) == null ? Reduction.ATTRIBUTES_AND_PAYLOAD : Reduction.ATTRIBUTES;
            return reductions.put(event.id(), more) != more;
        }

        /** Blames an event for its handler's failure. Returns false when that is known already. */
        boolean blame(HandlingFailedException handling) {
            return deservesAnotherTry(handling.delivery())
                    || failures.put(handling.delivery().id(), handling.failure()) == null;
        }

        /** A call is not repeated because of one failed transaction: its answer is applied twice before the event is blamed. */
        private boolean deservesAnotherTry(Delivery delivery) {
            return answers.containsKey(delivery.id()) && repeated.add(delivery.id());
        }
    }

    /** Parts that are stored of a record that could not be stored in full. */
    enum Reduction {
        ATTRIBUTES_AND_PAYLOAD,
        ATTRIBUTES
    }

    /** Returns the {@code deliveries} that have to call out: not consumed yet, and without an unresolved earlier event. */
    List<Delivery> turnToCall(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        var remembered = inbox.remembered(firsts(deliveries));
        var queues = diversion.look(deliveries.stream().map(Delivery::consumed).toList());
        return deliveries.stream()
                .filter(delivery -> isNew(delivery, !remembered.contains(delivery.id()), queues))
                .filter(delivery -> queues.isTurnOf(delivery.consumed()))
                .toList();
    }

    /**
     * Consumes all of {@code events}, or throws and consumes none.
     *
     * @throws HandlingFailedException naming the event whose handler failed
     */
    Consumed consume(List<DecodedRecord> events, Known known) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var fresh = inbox.firstSeen(firsts(events));
            var locked =
                    diversion.lock(events.stream().map(DecodedRecord::consumed).toList());
            var decided = handle(() -> decide(events, fresh, known, locked.undecided()), known, status);
            diversion.write(decided.queues());
            watch.forget(events);
            return new Consumed(decided.handled(), decided.queues().moves(), decided.copies());
        }));
    }

    /** Decision about each event, as far as it is known. */
    private record Decided(List<Delivery> handled, List<DecodedRecord> copies, KeyQueues queues) {}

    private static Decided decide(List<DecodedRecord> events, Set<UUID> fresh, Known known, KeyQueues queues) {
        var decided = new Decided(new ArrayList<>(), new ArrayList<>(), queues);
        for (var event : events) {
            if (isNew(event, fresh.contains(event.id()), queues)) {
                decide(event, known, queues, decided.handled());
            } else {
                decided.copies().add(event);
            }
        }
        return decided;
    }

    /**
     * Calls the handlers. After a failure it decides again, which changes nothing for the events before the failed one. It then
     * continues from the last savepoint, if the transaction can be rolled back to it.
     */
    private Decided handle(Supplier<Decided> decision, Known known, TransactionStatus status) {
        var decided = decision.get();
        beforeBatch(decided.handled());
        if (handlers.prepareBatches() || decided.handled().size() < 2) {
            handle(decided.handled(), known.answers());
            return decided;
        }
        var savepoint = savepoints.begin(status);
        var next = 0;
        while (next < decided.handled().size()) {
            var end = Math.min(next + distance.size(), decided.handled().size());
            savepoint.set();
            try {
                handle(decided.handled().subList(next, end), known.answers());
                distance.succeeded(end - next);
                next = end;
            } catch (HandlingFailedException e) {
                distance.failed();
                if (DatabaseOutage.isCauseOf(e) || !savepoint.goBack() || !known.blame(e)) {
                    throw e;
                }
                decided = decision.get();
            }
        }
        return decided;
    }

    private void beforeBatch(List<Delivery> batch) {
        step.begin(batch.size() == 1 ? batch.getFirst().id() : null, "before batch");
        try {
            handlers.beforeBatch(batch);
            step.end();
        } catch (RuntimeException | Error e) {
            throw step.end(e);
        }
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

    private static void decide(DecodedRecord event, Known known, KeyQueues queues, List<Delivery> handled) {
        var reduction = known.reductions().get(event.id());
        var consumed = reduction == null
                ? event.consumed()
                : event.consumed().remains(reduction == Reduction.ATTRIBUTES_AND_PAYLOAD);
        if (!queues.isTurnOf(consumed)) {
            queues.follow(consumed);
            return;
        }
        if (reduction != null) {
            queues.fail(
                    consumed,
                    unstorable(event, Objects.requireNonNull(known.failures().get(event.id()))));
            return;
        }
        switch (event) {
            case DecodedRecord.Unreadable unreadable ->
                queues.fail(consumed, new Failure(unreadable.cause(), null, WhenExhausted.HOLD, null));
            case DecodedRecord.Obsolete obsolete -> queues.tookEffect(consumed);
            case Delivery delivery -> {
                var failure = known.failures().get(delivery.id());
                if (failure != null) {
                    queues.fail(consumed, failureOf(delivery, failure));
                } else if (delivery.handler().callsOut() && !known.answers().containsKey(delivery.id())) {
                    // It became the next event of its stream just now and has not called out yet: it is consumed once
                    // more.
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
        return new Failure(cause, handler.toString(), handler.whenExhausted(), emptyToNull(handler.guard()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private void handle(List<Delivery> deliveries, Map<UUID, AfterCall> answers) {
        Consumer<Delivery> handling = delivery -> handle(delivery, answers);
        for (var delivery : deliveries) {
            step.begin(delivery.id(), delivery.handler());
            try {
                chain.run(delivery, handling);
                step.end();
            } catch (RuntimeException | Error e) {
                throw new HandlingFailedException(delivery, step.end(e));
            }
        }
    }

    private static void handle(Delivery delivery, Map<UUID, AfterCall> answers) {
        if (delivery.handler().callsOut()) {
            answers.get(delivery.id()).apply();
        } else {
            delivery.handler().handle(delivery.event(), delivery.metadata());
        }
    }
}

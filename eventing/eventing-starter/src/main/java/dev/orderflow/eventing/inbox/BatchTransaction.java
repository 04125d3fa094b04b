package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.WhenExhausted;
import dev.orderflow.eventing.retry.Diversion;
import dev.orderflow.eventing.retry.Failure;
import dev.orderflow.eventing.retry.KeyQueues;
import dev.orderflow.eventing.retry.Move;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes events in by one transaction: remember those that come for the first time, handle those whose turn it is, take the
 * others out of the way. Each event is in one of these: handled, diverted, or a copy of one that was taken in before.
 */
public class BatchTransaction {

    private final HandlerRegistry handlers;
    private final HandlerChain chain;
    private final Inbox inbox;
    private final Diversion diversion;
    private final TransactionOperations transaction;

    public BatchTransaction(
            HandlerRegistry handlers,
            HandlerChain chain,
            Inbox inbox,
            Diversion diversion,
            TransactionOperations transaction) {
        this.handlers = handlers;
        this.chain = chain;
        this.inbox = inbox;
        this.diversion = diversion;
        this.transaction = transaction;
    }

    /** What was committed. */
    record Taken(List<Delivery> handled, List<Move> moves, List<Received> copies) {}

    /**
     * What is known from before the transaction, by event id.
     *
     * @param repeated answers from outside with which a transaction failed once already
     */
    record Known(Map<UUID, AfterCall> answers, Map<UUID, Throwable> failures, Set<UUID> repeated) {

        static Known of(CallOuts.Results calls) {
            return new Known(calls.answers(), new HashMap<>(calls.failures()), new HashSet<>());
        }

        /** A call is not made again because of one transaction that failed: what is to be done with its answer is tried twice. */
        boolean deservesAnotherTry(Delivery delivery) {
            return answers.containsKey(delivery.id()) && repeated.add(delivery.id());
        }
    }

    /** Those of {@code deliveries} that are to be called out for: not taken in yet, and no earlier event unresolved. */
    List<Delivery> turnToCall(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        var remembered = inbox.remembered(firsts(deliveries));
        var queues = diversion.look(
                deliveries.stream().map(each -> each.arrival().incoming()).toList());
        return deliveries.stream()
                .filter(delivery -> isNew(delivery, !remembered.contains(delivery.id()), queues))
                .filter(delivery -> queues.isTurnOf(delivery.arrival().incoming()))
                .toList();
    }

    /**
     * Takes all of {@code events} in, or throws and takes in none.
     *
     * @throws HandlingFailedException naming the event whose handler failed
     */
    Taken takeIn(List<Received> events, Known known) {
        var taken = new Taken(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        transaction.executeWithoutResult(status -> {
            var fresh = inbox.firstSeen(firsts(events));
            var queues = diversion.lock(
                    events.stream().map(each -> each.arrival().incoming()).toList());
            for (var event : events) {
                if (isNew(event, fresh.contains(event.id()), queues)) {
                    decide(event, known, queues, taken.handled());
                } else {
                    taken.copies().add(event);
                }
            }
            handle(taken.handled(), known.answers());
            diversion.write(queues);
            taken.moves().addAll(queues.moves());
        });
        return taken;
    }

    private static List<UUID> firsts(List<? extends Received> events) {
        return events.stream().filter(Received::isFirst).map(Received::id).toList();
    }

    private static boolean isNew(Received event, boolean unseen, KeyQueues queues) {
        return event.isFirst() ? unseen : queues.isCurrent(event.arrival().incoming());
    }

    private static void decide(Received event, Known known, KeyQueues queues, List<Delivery> handled) {
        var incoming = event.arrival().incoming();
        if (!queues.isTurnOf(incoming)) {
            queues.follow(incoming);
            return;
        }
        switch (event) {
            case Received.Unreadable unreadable ->
                queues.fail(incoming, new Failure(unreadable.cause(), null, WhenExhausted.HOLD, null));
            case Received.Obsolete _ -> queues.tookEffect(incoming);
            case Delivery delivery -> {
                var failure = known.failures().get(delivery.id());
                if (failure != null) {
                    queues.fail(incoming, failureOf(delivery, failure));
                } else if (delivery.handler().callsOut() && !known.answers().containsKey(delivery.id())) {
                    // It has become its turn just now, and was not called out for: let it come once more.
                    queues.follow(incoming);
                } else {
                    queues.tookEffect(incoming);
                    handled.add(delivery);
                }
            }
        }
    }

    private static Failure failureOf(Delivery delivery, Throwable cause) {
        var handler = delivery.handler();
        return new Failure(cause, handler.toString(), handler.whenExhausted(), emptyToNull(handler.guard()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private void handle(List<Delivery> deliveries, Map<UUID, AfterCall> answers) {
        handlers.beforeBatch(deliveries);
        for (var delivery : deliveries) {
            try {
                chain.run(delivery, () -> handle(delivery, answers));
            } catch (RuntimeException | Error e) {
                throw new HandlingFailedException(delivery, HandlerException.of(e));
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

package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.inbox.RecordDecoder.Decoded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in one polled batch.
 * <p>
 * The batch is one transaction: remember the event ids, call the handlers of the new ones, commit. When it fails it is
 * repeated event by event, so that a bad event costs only itself and the later events of its key. Handlers that call out do so
 * before the transaction; {@link Waves} tells when there have to be several transactions because of that.
 * <p>
 * Dying before a commit loses nothing, since offsets are committed later; dying after it, before the offsets are, gets the
 * events delivered again, and the inbox drops them. A call may be made twice then, which is why it must be idempotent.
 */
public class BatchProcessor {

    private final RecordDecoder decoder;
    private final HandlerRegistry handlers;
    private final HandlerChain chain;
    private final CallOuts callOuts;
    private final Inbox inbox;
    private final TransactionOperations transaction;
    private final InboxMetrics metrics;

    public BatchProcessor(
            RecordDecoder decoder,
            HandlerRegistry handlers,
            HandlerChain chain,
            CallOuts callOuts,
            Inbox inbox,
            TransactionOperations transaction,
            InboxMetrics metrics) {
        this.decoder = decoder;
        this.handlers = handlers;
        this.chain = chain;
        this.callOuts = callOuts;
        this.inbox = inbox;
        this.transaction = transaction;
        this.metrics = metrics;
    }

    /** Returns which partitions have to be read again, and from where; all other events have taken effect. */
    Outcome process(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var outcome = new Outcome();
        for (var wave : Waves.of(decode(records, outcome))) {
            processWave(wave, outcome);
        }
        return outcome;
    }

    private List<Delivery> decode(Iterable<ConsumerRecord<String, byte[]>> records, Outcome outcome) {
        var ids = new HashSet<UUID>();
        var deliveries = new ArrayList<Delivery>();
        for (var message : records) {
            switch (decoder.decode(message)) {
                case Decoded.Handled(var delivery) -> {
                    if (ids.add(delivery.metadata().id())) {
                        deliveries.add(delivery);
                    } else {
                        metrics.duplicate(delivery.metadata().type());
                    }
                }
                case Decoded.Unhandled(var type) -> metrics.unhandled(type);
                case Decoded.Unreadable(var cause) -> {
                    var partition = new TopicPartition(message.topic(), message.partition());
                    metrics.failed("unreadable");
                    outcome.failed(
                            partition,
                            message.offset(),
                            new Delivery.Stream(message.topic(), String.valueOf(message.key())),
                            new Outcome.Failure(message.offset(), "unreadable record", cause, false));
                }
            }
        }
        return deliveries;
    }

    private void processWave(List<Delivery> wave, Outcome outcome) throws InterruptedException {
        var ready = unblocked(wave, outcome);
        try {
            ready = withoutRemembered(ready);
        } catch (RuntimeException e) {
            outcome.failedAll(ready, e, DatabaseOutage.isCauseOf(e));
            return;
        }
        var calling =
                ready.stream().filter(delivery -> delivery.handler().callsOut()).toList();
        var answers = callOuts.callAll(calling, outcome);
        calling.stream()
                .filter(delivery -> !answers.containsKey(delivery))
                .forEach(delivery -> metrics.failed(delivery.metadata().type()));
        takeIn(unblocked(ready, outcome), answers, outcome);
    }

    private void takeIn(List<Delivery> ready, Map<Delivery, AfterCall> answers, Outcome outcome) {
        try {
            inOneTransaction(ready, answers);
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                outcome.failedAll(ready, e, true);
            } else {
                oneByOne(ready, answers, outcome);
            }
        }
    }

    /** Only what calls out has to know beforehand: for the rest the inbox decides within the transaction. */
    private List<Delivery> withoutRemembered(List<Delivery> ready) {
        var calling =
                ready.stream().filter(delivery -> delivery.handler().callsOut()).toList();
        if (calling.isEmpty()) {
            return ready;
        }
        var remembered = inbox.remembered(calling);
        return ready.stream()
                .filter(delivery -> {
                    var known = remembered.contains(delivery.metadata().id());
                    if (known) {
                        metrics.duplicate(delivery.metadata().type());
                    }
                    return !known;
                })
                .toList();
    }

    private void inOneTransaction(List<Delivery> ready, Map<Delivery, AfterCall> answers) {
        if (ready.isEmpty()) {
            return;
        }
        var fresh = new ArrayList<Delivery>();
        transaction.executeWithoutResult(status -> {
            fresh.addAll(inbox.firstSeen(ready));
            handlers.beforeBatch(fresh);
            fresh.forEach(delivery -> chain.run(delivery, () -> handle(delivery, answers)));
        });
        var taken = new HashSet<UUID>();
        fresh.forEach(delivery -> {
            taken.add(delivery.metadata().id());
            metrics.handled(delivery.metadata().type());
        });
        ready.stream()
                .filter(delivery -> !taken.contains(delivery.metadata().id()))
                .forEach(delivery -> metrics.duplicate(delivery.metadata().type()));
    }

    private void handle(Delivery delivery, Map<Delivery, AfterCall> answers) {
        if (delivery.handler().callsOut()) {
            answers.get(delivery).apply();
        } else {
            delivery.handler().handle(delivery.event(), delivery.metadata());
        }
    }

    private void oneByOne(List<Delivery> ready, Map<Delivery, AfterCall> answers, Outcome outcome) {
        for (var delivery : ready) {
            if (outcome.blocks(delivery)) {
                continue;
            }
            try {
                inOneTransaction(List.of(delivery), answers);
            } catch (RuntimeException e) {
                metrics.failed(delivery.metadata().type());
                if (DatabaseOutage.isCauseOf(e)) {
                    outcome.failedAll(ready.subList(ready.indexOf(delivery), ready.size()), e, true);
                    return;
                }
                outcome.failed(delivery, e, false);
            }
        }
    }

    private static List<Delivery> unblocked(List<Delivery> deliveries, Outcome outcome) {
        return deliveries.stream().filter(delivery -> !outcome.blocks(delivery)).toList();
    }
}

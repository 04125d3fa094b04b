package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.BatchTransaction.Consumed;
import dev.orderflow.eventing.inbox.BatchTransaction.HandlingFailedException;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.DatabaseOutage;
import dev.orderflow.eventing.inbox.handler.HandlerCalls;
import dev.orderflow.eventing.inbox.polling.BatchConsumer;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Consumes one polled batch, from source topics or from retry topics.
 * <p>
 * A batch is one transaction ({@link BatchTransaction}), or several if it is large ({@link Portions}). When a handler fails, the
 * transaction is repeated and the failed event is diverted instead of handled. The more often this happens, the smaller the
 * transactions become ({@link ChunkSize}). Handlers that call out are called before the transaction; {@link Waves} divides a
 * batch that therefore needs several transactions. A record that fails outside of handlers, without an outage, becomes a dead
 * letter. Each further failure reduces the content of this dead letter.
 * <p>
 * A crash before the commit of a transaction loses nothing, since offsets are committed later. A crash between the two commits
 * delivers the events again, and they are recognized as copies. An outbound call may then be made twice, so it must be
 * idempotent. Not thread-safe.
 */
class BatchProcessor implements BatchConsumer {

    private final RecordDecoder decoder;
    private final BatchTransaction transaction;
    private final ChunkSize chunkSize;
    private final InboxMetrics metrics;
    private final MoveLog moveLog;
    private final Suspects suspects;
    private final HandlerCalls calls;
    private final ConsumptionListeners listeners;

    BatchProcessor(
            RecordDecoder decoder,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics,
            HandlerCalls calls) {
        this(decoder, transaction, chunkSize, metrics, calls, new Suspects(System::nanoTime), List.of());
    }

    BatchProcessor(
            RecordDecoder decoder,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics,
            HandlerCalls calls,
            Suspects suspects,
            List<ConsumptionListener> listeners) {
        this.decoder = decoder;
        this.transaction = transaction;
        this.chunkSize = chunkSize;
        this.metrics = metrics;
        this.moveLog = new MoveLog(metrics.group());
        this.suspects = suspects;
        this.calls = calls;
        this.listeners = new ConsumptionListeners(listeners);
    }

    @Override
    public boolean isPaused() {
        return calls.isGuardOpen();
    }

    @Override
    public Outcome consume(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var outcome = new BatchOutcome();
        var portions = new Portions(records, Portions.LARGEST);
        while (portions.hasNext()) {
            var portion = portions.next();
            if (outcome.isOver()) {
                outcome.postpone(portion);
            } else {
                process(portion, outcome);
            }
        }
        return outcome.toOutcome();
    }

    private void process(List<ConsumerRecord<String, byte[]>> portion, BatchOutcome outcome)
            throws InterruptedException {
        for (var wave : Waves.of(decode(portion))) {
            processWave(outcome.admit(wave), outcome);
        }
    }

    /** Decodes the records. Drops copies within the batch. */
    private List<DecodedRecord> decode(Iterable<ConsumerRecord<String, byte[]>> records) {
        var seen = new HashSet<>();
        var batch = new ArrayList<DecodedRecord>();
        for (var message : records) {
            var received = decoder.decode(message);
            if (received == null) {
                continue;
            }
            if (seen.add(received.isFirst() ? received.id() : Place.of(received))) {
                batch.add(received);
            } else {
                metrics.duplicate(received.type());
                listeners.tell(listener -> listener.duplicate(received.consumed()));
            }
        }
        return batch;
    }

    /** Identity of a record of a diverted event. */
    private record Place(UUID id, int hop) {

        private static Place of(DecodedRecord received) {
            return new Place(received.id(), received.consumed().hop());
        }
    }

    private void processWave(List<DecodedRecord> wave, BatchOutcome outcome) throws InterruptedException {
        if (wave.isEmpty()) {
            return;
        }
        HandlerCalls.Results<Delivery> results;
        try {
            results = calls.callAll(transaction.turnToCall(calling(wave)));
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                outcome.allAway(wave, e);
                return;
            }
            // The failure does not identify its event. Consuming the events one by one identifies it. No call was made.
            results = HandlerCalls.Results.none();
        }
        for (var away : results.away().entrySet()) {
            if (suspects.isToBlame(away.getKey(), away.getValue())) {
                results.failures().put(away.getKey().id(), away.getValue());
            } else {
                outcome.away(List.of(away.getKey()), away.getValue());
            }
        }
        consume(outcome.admit(wave), Findings.of(results), outcome);
    }

    private void consume(List<DecodedRecord> events, Findings findings, BatchOutcome outcome) {
        var rest = events;
        while (!rest.isEmpty()) {
            var chunk = rest.subList(0, Math.min(chunkSize.size(), rest.size()));
            try {
                report(transaction.consume(chunk, findings));
                rest = rest.subList(chunk.size(), rest.size());
                chunkSize.succeeded(chunk.size());
            } catch (RuntimeException e) {
                var suspect = suspect(e, chunk);
                if (isFault(e, suspect, findings) && blame(e, chunk, findings)) {
                    continue;
                }
                if (suspect.isEmpty() || !outcome.awayAlone(suspect.get(), e)) {
                    findOutNextTime(e, suspect);
                    outcome.allAway(rest, e);
                    return;
                }
                rest = outcome.admit(rest);
            }
        }
    }

    /** Returns the event that may have caused an apparent outage, if it is known. */
    private static Optional<Delivery> suspect(RuntimeException failure, List<DecodedRecord> chunk) {
        if (!DatabaseOutage.isPerhapsTheEvent(failure)) {
            return Optional.empty();
        }
        if (failure instanceof HandlingFailedException handling) {
            return Optional.of(handling.delivery());
        }
        return chunk.size() == 1 && chunk.getFirst() instanceof Delivery only ? Optional.of(only) : Optional.empty();
    }

    /** Returns whether an event is at fault. If diverting a blamed event also fails, the database is at fault. */
    private boolean isFault(RuntimeException failure, Optional<Delivery> suspect, Findings findings) {
        return suspect.map(delivery -> suspects.isToBlame(delivery, failure)
                        && !findings.failures().containsKey(delivery.id()))
                .orElseGet(() -> !DatabaseOutage.isCauseOf(failure));
    }

    private void findOutNextTime(RuntimeException failure, Optional<Delivery> suspect) {
        if (suspect.isEmpty() && DatabaseOutage.isPerhapsTheEvent(failure)) {
            chunkSize.findOut();
        }
    }

    /** Narrows down the event to blame. Returns false if no further narrowing is possible. */
    private boolean blame(RuntimeException failure, List<DecodedRecord> chunk, Findings findings) {
        if (failure instanceof HandlingFailedException handling) {
            chunkSize.failed(chunk.size());
            return findings.blame(handling);
        }
        if (chunk.size() > 1) {
            chunkSize.findOut();
            return true;
        }
        return findings.blame(chunk.getFirst(), failure);
    }

    private void report(Consumed consumed) {
        suspects.succeeded(consumed.handled());
        consumed.handled().forEach(delivery -> metrics.handled(delivery.type()));
        consumed.expired().forEach(this::reportExpired);
        consumed.copies().forEach(copy -> metrics.duplicate(copy.type()));
        consumed.moves().forEach(metrics::moved);
        consumed.moves().forEach(moveLog::log);
        listeners.tell(listener -> tell(listener, consumed));
        consumed.moves().stream()
                .filter(Move.Died.class::isInstance)
                .forEach(dead -> calls.forgotten(dead.source().id()));
    }

    private void reportExpired(Delivery expired) {
        metrics.expired(expired.type());
        moveLog.expired(expired, calls.ageOf(expired));
    }

    private static void tell(ConsumptionListener listener, Consumed consumed) {
        consumed.handled().forEach(delivery -> listener.applied(delivery.consumed()));
        consumed.expired().forEach(delivery -> listener.expired(delivery.consumed()));
        consumed.copies().forEach(copy -> listener.duplicate(copy.consumed()));
        consumed.moves().forEach(listener::moved);
    }

    private static List<Delivery> calling(List<DecodedRecord> wave) {
        return wave.stream()
                .filter(Delivery.class::isInstance)
                .map(Delivery.class::cast)
                .filter(delivery -> delivery.handler().callsOut())
                .toList();
    }
}

package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.BatchTransaction.Consumed;
import dev.orderflow.eventing.inbox.BatchTransaction.Known;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.retry.KeyQueues.Move;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Consumes one polled batch, from source topics or from retry topics.
 * <p>
 * A batch is one transaction ({@link BatchTransaction}), or several if it is large ({@link Portions}). When a handler fails, the
 * transaction is repeated and the failed event is diverted instead of handled. The more often that happens, the smaller the
 * transactions are ({@link ChunkSize}). Handlers that call out do so before the transaction; {@link Waves} divides a batch that
 * needs several transactions because of that. A record that fails outside of handlers, without an outage, becomes a dead letter
 * with less and less of its content.
 * <p>
 * A crash before a commit loses nothing, since offsets are committed later. A crash between the two commits delivers the events
 * again, and they are recognized as copies. A call may be made twice then, so it must be idempotent. Not thread-safe.
 */
class BatchProcessor {

    private final RecordDecoder decoder;
    private final CallOuts callOuts;
    private final BatchTransaction transaction;
    private final ChunkSize chunkSize;
    private final InboxMetrics metrics;
    private final MoveLog moveLog;
    private final Suspects suspects;
    private final HandlingWatch watch;

    BatchProcessor(
            RecordDecoder decoder,
            CallOuts callOuts,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics,
            HandlingWatch watch) {
        this(decoder, callOuts, transaction, chunkSize, metrics, watch, new Suspects(System::nanoTime));
    }

    BatchProcessor(
            RecordDecoder decoder,
            CallOuts callOuts,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics,
            HandlingWatch watch,
            Suspects suspects) {
        this.decoder = decoder;
        this.callOuts = callOuts;
        this.transaction = transaction;
        this.chunkSize = chunkSize;
        this.metrics = metrics;
        this.moveLog = new MoveLog(metrics.group());
        this.suspects = suspects;
        this.watch = watch;
    }

    /** Consumes a batch. Returns the records to consume once more; all others have taken effect or were diverted. */
    Outcome process(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var outcome = new Outcome();
        var portions = new Portions(records, Portions.LARGEST);
        while (portions.hasNext()) {
            var portion = portions.next();
            if (outcome.isOver()) {
                outcome.postpone(portion);
            } else {
                process(portion, outcome);
            }
        }
        return outcome;
    }

    private void process(List<ConsumerRecord<String, byte[]>> portion, Outcome outcome) throws InterruptedException {
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

    private void processWave(List<DecodedRecord> wave, Outcome outcome) throws InterruptedException {
        if (wave.isEmpty()) {
            return;
        }
        CallOuts.Results calls;
        try {
            calls = callOuts.callAll(transaction.turnToCall(calling(wave)));
        } catch (RuntimeException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                outcome.allAway(wave, e);
                return;
            }
            // The failure does not name its event; consuming the events one by one finds it. No call was made.
            calls = new CallOuts.Results(Map.of(), Map.of(), Map.of());
        }
        for (var away : calls.away().entrySet()) {
            if (suspects.isToBlame(away.getKey(), away.getValue())) {
                calls.failures().put(away.getKey().id(), away.getValue());
            } else {
                outcome.away(List.of(away.getKey()), away.getValue());
            }
        }
        consume(outcome.admit(wave), Known.of(calls), outcome);
    }

    private void consume(List<DecodedRecord> events, Known known, Outcome outcome) {
        var rest = events;
        while (!rest.isEmpty()) {
            var chunk = rest.subList(0, Math.min(chunkSize.size(), rest.size()));
            try {
                report(transaction.consume(chunk, known));
                rest = rest.subList(chunk.size(), rest.size());
                chunkSize.succeeded(chunk.size());
            } catch (RuntimeException e) {
                var suspect = suspect(e, chunk);
                if (isFault(e, suspect, known) && blame(e, chunk, known)) {
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

    /** Returns whether an event is at fault. If diverting a blamed event fails too, the database is at fault after all. */
    private boolean isFault(RuntimeException failure, Optional<Delivery> suspect, Known known) {
        return suspect.map(delivery -> suspects.isToBlame(delivery, failure)
                        && !known.failures().containsKey(delivery.id()))
                .orElseGet(() -> !DatabaseOutage.isCauseOf(failure));
    }

    private void findOutNextTime(RuntimeException failure, Optional<Delivery> suspect) {
        if (suspect.isEmpty() && DatabaseOutage.isPerhapsTheEvent(failure)) {
            chunkSize.findOut();
        }
    }

    /** Narrows down which event is to blame. Returns false when nothing more can be found out. */
    private boolean blame(RuntimeException failure, List<DecodedRecord> chunk, Known known) {
        if (failure instanceof HandlingFailedException handling) {
            chunkSize.failed(chunk.size());
            return known.blame(handling);
        }
        if (chunk.size() > 1) {
            chunkSize.findOut();
            return true;
        }
        return known.blame(chunk.getFirst(), failure);
    }

    private void report(Consumed consumed) {
        suspects.succeeded(consumed.handled());
        consumed.handled().forEach(delivery -> metrics.handled(delivery.type()));
        consumed.copies().forEach(copy -> metrics.duplicate(copy.type()));
        consumed.moves().forEach(metrics::moved);
        consumed.moves().forEach(moveLog::log);
        consumed.moves().stream()
                .filter(Move.Died.class::isInstance)
                .forEach(dead -> watch.forgotten(dead.source().id()));
    }

    private static List<Delivery> calling(List<DecodedRecord> wave) {
        return wave.stream()
                .filter(Delivery.class::isInstance)
                .map(Delivery.class::cast)
                .filter(delivery -> delivery.handler().callsOut())
                .toList();
    }
}

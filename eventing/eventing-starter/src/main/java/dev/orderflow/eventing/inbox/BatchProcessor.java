package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.BatchTransaction.Known;
import dev.orderflow.eventing.inbox.BatchTransaction.Taken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes in one polled batch, from source topics or from retry topics.
 * <p>
 * The batch is one transaction ({@link BatchTransaction}). When a handler fails, the transaction is repeated with the failed
 * event taken out of the way instead of handled, in smaller ones the more often that happens ({@link ChunkSize}). Handlers that call
 * out do so before the transaction; {@link Waves} tells when there have to be several transactions because of that.
 * <p>
 * Dying before a commit loses nothing, since offsets are committed later; dying after it, before the offsets are, gets the
 * events delivered again, and they are recognized as copies. A call may be made twice then, which is why it must be idempotent.
 * Not thread-safe.
 */
public class BatchProcessor {

    private final RecordDecoder decoder;
    private final CallOuts callOuts;
    private final BatchTransaction transaction;
    private final ChunkSize chunkSize;
    private final InboxMetrics metrics;
    private final MoveLog moveLog;

    public BatchProcessor(
            RecordDecoder decoder,
            CallOuts callOuts,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics) {
        this.decoder = decoder;
        this.callOuts = callOuts;
        this.transaction = transaction;
        this.chunkSize = chunkSize;
        this.metrics = metrics;
        this.moveLog = new MoveLog(metrics.group());
    }

    /** Returns what has to come once more; all else has had its effect or is where it will be tried again. */
    Outcome process(Iterable<ConsumerRecord<String, byte[]>> records) throws InterruptedException {
        var outcome = new Outcome();
        for (var wave : Waves.of(decode(records))) {
            processWave(outcome.admit(wave), outcome);
        }
        return outcome;
    }

    /** What came twice in one batch is a copy, too. */
    private List<Received> decode(Iterable<ConsumerRecord<String, byte[]>> records) {
        var seen = new HashSet<>();
        var batch = new ArrayList<Received>();
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

    /** Where an event was put by retrying it. */
    private record Place(UUID id, int hop) {

        private static Place of(Received received) {
            return new Place(received.id(), received.arrival().incoming().hop());
        }
    }

    private void processWave(List<Received> wave, Outcome outcome) throws InterruptedException {
        CallOuts.Results calls;
        try {
            calls = callOuts.callAll(transaction.turnToCall(calling(wave)));
        } catch (RuntimeException e) {
            // Nothing but the database was asked, and no event is to blame for its answer.
            outcome.away(wave, e);
            return;
        }
        calls.away().forEach((delivery, cause) -> outcome.away(List.of(delivery), cause));
        takeIn(outcome.admit(wave), Known.of(calls), outcome);
    }

    private void takeIn(List<Received> events, Known known, Outcome outcome) {
        var rest = events;
        while (!rest.isEmpty()) {
            var chunk = rest.subList(0, Math.min(chunkSize.size(), rest.size()));
            try {
                report(transaction.takeIn(chunk, known));
                rest = rest.subList(chunk.size(), rest.size());
                chunkSize.succeeded(chunk.size());
            } catch (RuntimeException e) {
                if (DatabaseOutage.isCauseOf(e) || !blame(e, chunk, known)) {
                    outcome.away(rest, e);
                    return;
                }
            }
        }
    }

    /** Finds out more about which event is to blame; false when nothing more can be found out. */
    private boolean blame(RuntimeException failure, List<Received> chunk, Known known) {
        if (failure instanceof HandlingFailedException handling) {
            chunkSize.failed(chunk.size());
            return known.blame(handling);
        }
        if (chunk.size() > 1) {
            chunkSize.findOut();
            return true;
        }
        return known.failures().put(chunk.getFirst().id(), failure) == null;
    }

    private void report(Taken taken) {
        taken.handled().forEach(delivery -> metrics.handled(delivery.type()));
        taken.copies().forEach(copy -> metrics.duplicate(copy.type()));
        taken.moves().forEach(metrics::moved);
        taken.moves().forEach(moveLog::log);
    }

    private static List<Delivery> calling(List<Received> wave) {
        return wave.stream()
                .filter(Delivery.class::isInstance)
                .map(Delivery.class::cast)
                .filter(delivery -> delivery.handler().callsOut())
                .toList();
    }
}

package dev.orderflow.eventing.inbox;

import dev.orderflow.eventing.inbox.BatchTransaction.Known;
import dev.orderflow.eventing.inbox.BatchTransaction.Taken;
import dev.orderflow.eventing.retry.Move;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

    private final RecordDecoder decoder;
    private final CallOuts callOuts;
    private final BatchTransaction transaction;
    private final ChunkSize chunkSize;
    private final InboxMetrics metrics;
    private final Suspects suspects;

    public BatchProcessor(
            RecordDecoder decoder,
            CallOuts callOuts,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics) {
        this(decoder, callOuts, transaction, chunkSize, metrics, new Suspects(System::nanoTime));
    }

    BatchProcessor(
            RecordDecoder decoder,
            CallOuts callOuts,
            BatchTransaction transaction,
            ChunkSize chunkSize,
            InboxMetrics metrics,
            Suspects suspects) {
        this.decoder = decoder;
        this.callOuts = callOuts;
        this.transaction = transaction;
        this.chunkSize = chunkSize;
        this.metrics = metrics;
        this.suspects = suspects;
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
        calls.away().forEach((delivery, cause) -> {
            if (suspects.isToBlame(delivery, cause)) {
                calls.failures().put(delivery.id(), cause);
            } else {
                outcome.away(List.of(delivery), cause);
            }
        });
        takeIn(outcome.admit(wave), Known.of(calls), outcome);
    }

    private void takeIn(List<Received> events, Known known, Outcome outcome) {
        var rest = events;
        var othersWait = false;
        while (!rest.isEmpty()) {
            var chunk = rest.subList(0, Math.min(chunkSize.size(), rest.size()));
            try {
                report(transaction.takeIn(chunk, known));
                rest = rest.subList(chunk.size(), rest.size());
                chunkSize.succeeded(chunk.size());
            } catch (RuntimeException e) {
                var suspect = suspect(e, chunk);
                if (isFault(e, suspect) && blame(e, chunk, known)) {
                    continue;
                }
                if (suspect.isEmpty() || othersWait) {
                    findOutNextTime(e, suspect);
                    outcome.away(rest, e);
                    return;
                }
                // A second one in this batch would say that the database is slow: each costs a time-out.
                othersWait = true;
                outcome.away(List.of(suspect.get()), e);
                rest = outcome.admit(rest);
            }
        }
    }

    /** The event that may be to blame for what looks like an outage, as far as that is known. */
    private static Optional<Delivery> suspect(RuntimeException failure, List<Received> chunk) {
        if (!DatabaseOutage.isPerhapsTheEvent(failure)) {
            return Optional.empty();
        }
        if (failure instanceof HandlingFailedException handling) {
            return Optional.of(handling.delivery());
        }
        return chunk.size() == 1 && chunk.getFirst() instanceof Delivery only ? Optional.of(only) : Optional.empty();
    }

    private boolean isFault(RuntimeException failure, Optional<Delivery> suspect) {
        return suspect.map(delivery -> suspects.isToBlame(delivery, failure))
                .orElseGet(() -> !DatabaseOutage.isCauseOf(failure));
    }

    private void findOutNextTime(RuntimeException failure, Optional<Delivery> suspect) {
        if (suspect.isEmpty() && DatabaseOutage.isPerhapsTheEvent(failure)) {
            chunkSize.findOut();
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
        suspects.succeeded(taken.handled());
        taken.handled().forEach(delivery -> metrics.handled(delivery.type()));
        taken.copies().forEach(copy -> metrics.duplicate(copy.type()));
        taken.moves().forEach(metrics::moved);
        taken.moves().forEach(BatchProcessor::log);
    }

    /** Not those that only wait behind another: they may be many. */
    private static void log(Move move) {
        switch (move) {
            case Move.Retried(var type, var level, var cause) ->
                LOG.warn("event=failed type={} retry={} cause=\"{}\"", type, level, cause);
            case Move.Died(var type, var cause) -> LOG.error("event=dead type={} cause=\"{}\"", type, cause);
            case Move.Held(var type) -> LOG.debug("event=held type={}", type);
        }
    }

    private static List<Delivery> calling(List<Received> wave) {
        return wave.stream()
                .filter(Delivery.class::isInstance)
                .map(Delivery.class::cast)
                .filter(delivery -> delivery.handler().callsOut())
                .toList();
    }
}

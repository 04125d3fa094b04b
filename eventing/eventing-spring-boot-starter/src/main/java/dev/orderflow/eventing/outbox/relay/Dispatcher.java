package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.wire.LogText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events, and parks those that cannot be sent, so that all others continue.
 * <p>
 * After a failure a new producer sends the unacknowledged events again. Each event of a refused batch is sent alone: a broker
 * reports only the invalid records of a batch, if any, and nothing about the others. A failure that neither an event nor a topic
 * causes is thrown, and parks no event. Not thread-safe; the relay's thread owns it.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final OutboxSender sender;
    private final ParkedEvents parked;
    private final Runnable stayAlive;
    private final Set<ParkedKey> refusedKeys = new HashSet<>();
    private final Set<String> refusedTopics = new HashSet<>();

    /** @param stayAlive called repeatedly during long work; may throw, to end the work */
    Dispatcher(OutboxSender sender, ParkedEvents parked, Runnable stayAlive) {
        this.sender = sender;
        this.parked = parked;
        this.stayAlive = stayAlive;
    }

    /**
     * Hands the events that need not wait to the producer, and returns their number.
     *
     * @throws KafkaException when nothing can be sent
     */
    int send(List<OutboxRow> rows) {
        var due = withTopics(parked.divert(rows), parked::divert);
        try {
            sender.send(due);
        } catch (SendingFailedException e) {
            settle(e, parked::divert);
        }
        return due.size();
    }

    /**
     * Returns when all events that were handed over are acknowledged or parked.
     *
     * @throws KafkaException when nothing can be sent
     */
    void flush() {
        try {
            sender.flush();
        } catch (SendingFailedException e) {
            settle(e, parked::divert);
        }
    }

    /**
     * Sends the events that an operator has released, and those of waiting topics whose next attempt is due. Returns the number of
     * claimed events. Events that could not be sent before the claim expires stay parked: only their topics wait, and no later events.
     *
     * @throws KafkaException when nothing can be sent
     */
    int sendReleased(Collection<Integer> buckets) {
        var until = System.nanoTime() + parked.claim().toNanos() / 2;
        var rows = parked.released(buckets);
        if (rows.isEmpty()) {
            return 0;
        }
        refusedKeys.clear();
        refusedTopics.clear();
        var withheld = new HashSet<Long>();
        UnaryOperator<List<OutboxRow>> stillDue = left -> {
            var isOver = System.nanoTime() - until >= 0;
            var split = left.stream().collect(Collectors.partitioningBy(row -> isOver || isRefused(row)));
            split.get(true).forEach(row -> withheld.add(row.id()));
            return split.get(false);
        };
        sender.claimedUntil(until);
        try {
            var due = withTopics(rows, stillDue);
            try {
                sender.send(due);
                sender.flush();
            } catch (SendingFailedException e) {
                settle(e, stillDue);
            }
        } finally {
            sender.claimedUntil(null);
        }
        parked.gone(rows.stream().filter(row -> !withheld.contains(row.id())).toList(), buckets);
        return rows.size();
    }

    /** Repeats until all events are acknowledged or parked. Each repetition acknowledges or parks at least one. */
    private void settle(SendingFailedException first, UnaryOperator<List<OutboxRow>> stillDue) {
        var failure = first;
        while (true) {
            sender.close();
            stayAlive.run();
            var rest = withTopics(withoutReason(failure, stillDue), stillDue);
            try {
                sender.send(rest);
                sender.flush();
                return;
            } catch (SendingFailedException e) {
                failure = e;
            }
        }
    }

    private List<OutboxRow> withoutReason(SendingFailedException failure, UnaryOperator<List<OutboxRow>> stillDue) {
        return switch (failure.refusal()) {
            case EVENT, TOPIC, TOPIC_FOR_GOOD -> {
                putAside(failure.suspects().getFirst(), failure.refusal(), failure.getCause());
                yield stillDue.apply(failure.unsent());
            }
            case SOME_EVENT_OF_THE_BATCH -> sendOneByOne(failure, stillDue);
            case TOPIC_IN_DOUBT -> {
                doubt(failure.suspects(), failure.getCause());
                yield stillDue.apply(failure.unsent());
            }
            case TIME, OUTAGE -> throw failure;
        };
    }

    private List<OutboxRow> sendOneByOne(SendingFailedException failure, UnaryOperator<List<OutboxRow>> stillDue) {
        var left = new ArrayList<>(failure.unsent());
        for (var row : failure.suspects()) {
            stayAlive.run();
            if (stillDue.apply(List.of(row)).isEmpty()) {
                continue;
            }
            var refused = sender.sendAlone(row);
            if (refused == null) {
                left.remove(row);
                continue;
            }
            var refusal = Refusal.of(refused, true);
            switch (refusal) {
                case EVENT, TOPIC, TOPIC_FOR_GOOD -> putAside(row, refusal, refused);
                case TOPIC_IN_DOUBT -> doubt(List.of(row), refused);
                case TIME -> {
                    sendOthers(row.topic(), left, new SendingFailedException(List.of(row), left, refused));
                    putAside(row, Refusal.TOPIC, refused);
                }
                case SOME_EVENT_OF_THE_BATCH, OUTAGE -> throw new SendingFailedException(List.of(row), left, refused);
            }
        }
        return stillDue.apply(left);
    }

    /**
     * Sends the events of other topics. If they are also refused, a clock is wrong and all wait; otherwise only this topic is
     * strict.
     */
    private void sendOthers(String topic, List<OutboxRow> left, SendingFailedException outage) {
        var others = left.stream().filter(row -> !row.topic().equals(topic)).toList();
        if (others.isEmpty()) {
            throw outage;
        }
        try {
            sender.send(others);
            sender.flush();
        } catch (SendingFailedException e) {
            throw outage;
        }
        left.removeAll(others);
    }

    /** Makes the topics wait that exist but accept no records, or that cannot be created. */
    private void doubt(List<OutboxRow> rows, Throwable cause) {
        var seen = new HashSet<String>();
        for (var row : rows) {
            if (seen.add(row.topic())) {
                try {
                    if (!sender.ensureAgain(row.topic())) {
                        putAside(row, Refusal.TOPIC, cause);
                    }
                } catch (KafkaException e) {
                    putAside(row, Refusal.ofTopic(e), e);
                }
            }
        }
    }

    /** Removes the events whose topics can neither be found nor created. */
    private List<OutboxRow> withTopics(List<OutboxRow> rows, UnaryOperator<List<OutboxRow>> stillDue) {
        var due = rows;
        while (!haveTopics(due)) {
            due = stillDue.apply(due);
        }
        return due;
    }

    private boolean haveTopics(List<OutboxRow> rows) {
        for (var row : rows) {
            try {
                sender.ensure(row.topic());
            } catch (KafkaException e) {
                putAside(row, Refusal.ofTopic(e), e);
                return false;
            }
        }
        return true;
    }

    private void putAside(OutboxRow row, Refusal refusal, Throwable cause) {
        var message = cause.getCause() == null
                ? cause.getMessage()
                : cause.getMessage() + ": " + cause.getCause().getMessage();
        switch (refusal) {
            case EVENT -> {
                parked.park(row, message);
                refusedKeys.add(ParkedKey.of(row));
                LOG.error(
                        "event=parked id={} topic={} key={} row={} cause={}",
                        LogText.of(row.eventId()),
                        row.topic(),
                        LogText.of(ParkedKey.of(row).key()),
                        row.id(),
                        LogText.of(message));
            }
            case TOPIC, TOPIC_FOR_GOOD -> {
                parked.waitForTopic(row, message, refusal == Refusal.TOPIC_FOR_GOOD);
                refusedTopics.add(row.topic());
                LOG.error(
                        "topic=waiting topic={} id={} row={} forGood={} cause={}",
                        row.topic(),
                        LogText.of(row.eventId()),
                        row.id(),
                        refusal == Refusal.TOPIC_FOR_GOOD,
                        LogText.of(message));
            }
            case SOME_EVENT_OF_THE_BATCH, TOPIC_IN_DOUBT, TIME, OUTAGE ->
                throw cause instanceof KafkaException failure ? failure : new KafkaException(message, cause);
        }
    }

    private boolean isRefused(OutboxRow row) {
        return refusedTopics.contains(row.topic()) || refusedKeys.contains(ParkedKey.of(row));
    }
}

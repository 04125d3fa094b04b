package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.loop.Loop;
import dev.orderflow.eventing.loop.Loop.Work;
import dev.orderflow.eventing.wire.LogText;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer, its unacknowledged events, and its first failure. All later failures occur because the producer was closed.
 * <p>
 * The relay's thread owns it. The producer's thread only marks events as acknowledged, and closes the producer at the first failure. A
 * watching thread closes it when the sending limit is over, or when the broker answers but acknowledges nothing.
 */
final class ProducerLine {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerLine.class);

    /** Limit of the bytes in flight, which are held twice: here and in the producer's buffer. */
    private static final int MOST_BYTES_IN_THE_AIR = 16 << 20;

    /** Kafka's message for records that the producer had not sent when it was closed. */
    private static final String ABORTED = "Producer is closed forcefully.";

    /**
     * Longer than any lease. Flushing never returns after the producer's thread has died by an error, even when the producer is
     * closed.
     */
    private static final Duration LONGEST_FLUSH = Duration.ofMinutes(6);

    private static final Duration ROOM_IS_LOOKED_FOR = Duration.ofNanos(300_000);
    private static final Duration WATCHED_EVERY = Duration.ofMillis(100);

    private final Producer<byte[], byte[]> producer;
    private final Counter published;
    private final ArrayDeque<Sending> inTheAir = new ArrayDeque<>();
    private long bytesInTheAir;

    private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
    private volatile List<Loop> watches = List.of();
    private volatile OutboxSender.@Nullable SendingLimit limit;
    private volatile boolean waits;
    private volatile long acknowledged;

    ProducerLine(Producer<byte[], byte[]> producer, Counter published) {
        this.producer = producer;
        this.published = published;
    }

    /** @param suspects the events that may be the cause */
    private record Failure(Predicate<Sending> suspects, Throwable cause) {}

    /** @param limit null for none */
    void sendUntil(OutboxSender.@Nullable SendingLimit limit) {
        this.limit = limit;
    }

    /** @param brokerAnswers whether the broker answers; takes seconds if it does not answer */
    void watch(Duration patience, BooleanSupplier brokerAnswers) {
        var acknowledgements = new Acknowledgements(patience, brokerAnswers);
        watches = List.of(
                watch("outbox-lease-watch", this::checkLimit),
                watch("outbox-acknowledgement-watch", acknowledgements::check));
    }

    /** The watching loops, if any. May be called from any thread. */
    Collection<Loop> watches() {
        return watches;
    }

    /** @throws SendingFailedException when this or an earlier event could not be sent */
    void send(OutboxRow row, @Nullable Long timestamp) {
        awaitRoomFor(row);
        hand(new Sending(row, false), timestamp);
        check();
    }

    /** Returns the broker's reason for refusing the event; null if it was acknowledged. */
    @Nullable
    Throwable sendAlone(OutboxRow row, @Nullable Long timestamp) {
        var sending = new Sending(row, true);
        hand(sending, timestamp);
        flush();
        return sending.refused;
    }

    /** @throws SendingFailedException when an event could not be sent */
    void flush() {
        waits = true;
        try {
            BoundedWait.run("outbox-flush", LONGEST_FLUSH, producer::flush);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            waits = false;
        }
        check();
        inTheAir.clear();
        bytesInTheAir = 0;
    }

    /** Closes the producer. No event is sent after this has returned. */
    void close() {
        watches.forEach(Loop::letEnd);
        producer.close(Duration.ZERO);
    }

    private void hand(Sending sending, @Nullable Long timestamp) {
        inTheAir.add(sending);
        bytesInTheAir += sending.row.bytes();
        // This blocks if the topic's metadata is unknown, for instance because the topic was deleted.
        waits = true;
        try {
            producer.send(sending.row.toRecord(timestamp), sending);
        } catch (RuntimeException e) {
            check();
            throw e;
        } finally {
            waits = false;
        }
    }

    private void awaitRoomFor(OutboxRow row) {
        if (bytesInTheAir + row.bytes() <= MOST_BYTES_IN_THE_AIR || inTheAir.isEmpty()) {
            return;
        }
        waits = true;
        try {
            forgetAcknowledged();
            while (!inTheAir.isEmpty() && bytesInTheAir + row.bytes() > MOST_BYTES_IN_THE_AIR) {
                check();
                LockSupport.parkNanos(ROOM_IS_LOOKED_FOR.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptException("interrupted while waiting for the broker");
                }
                forgetAcknowledged();
            }
        } finally {
            waits = false;
        }
    }

    private void forgetAcknowledged() {
        while (!inTheAir.isEmpty() && inTheAir.peekFirst().acknowledged) {
            bytesInTheAir -= inTheAir.removeFirst().row.bytes();
        }
    }

    private void check() {
        var failed = failure.get();
        if (failed != null) {
            // The set of acknowledged events is final only after the producer's thread has ended.
            close();
            throw new SendingFailedException(
                    rows(failed.suspects()), rows(sending -> !sending.acknowledged), failed.cause());
        }
    }

    private List<OutboxRow> rows(Predicate<Sending> condition) {
        return inTheAir.stream().filter(condition).map(each -> each.row).toList();
    }

    private void fail(Failure failed) {
        if (failure.compareAndSet(null, failed)) {
            producer.close(Duration.ZERO);
        }
    }

    /**
     * Repeats a check on a separate thread, since requests to a broker take seconds. Continues after any exception of the check.
     */
    private Loop watch(String name, Runnable check) {
        var loop = Loop.onVirtualThread(name);
        loop.start(new Work() {
            @Override
            public Duration round() {
                if (failure.get() == null) {
                    check.run();
                }
                return WATCHED_EVERY;
            }

            @Override
            public Duration failed(Throwable e) {
                LOG.warn("watch=failed name={} cause={}", name, LogText.of(e));
                return WATCHED_EVERY;
            }
        });
        return loop;
    }

    private void checkLimit() {
        var current = limit;
        if (current != null && current.isOver()) {
            fail(new Failure(sending -> !sending.acknowledged, current.missed().get()));
        }
    }

    /** Fails the line when the broker answers, but has not acknowledged any record for the permitted time. */
    private final class Acknowledgements {

        private final Duration patience;
        private final BooleanSupplier brokerAnswers;
        private long seen = acknowledged;
        private long since = System.nanoTime();

        private Acknowledgements(Duration patience, BooleanSupplier brokerAnswers) {
            this.patience = patience;
            this.brokerAnswers = brokerAnswers;
        }

        private void check() {
            if (!waits || acknowledged != seen) {
                seen = acknowledged;
                since = System.nanoTime();
            } else if (System.nanoTime() - since >= patience.toNanos()) {
                if (brokerAnswers.getAsBoolean() && waits && acknowledged == seen) {
                    fail(new Failure(sending -> !sending.acknowledged, new OutboxSender.NotAcknowledgedException()));
                }
                since = System.nanoTime();
            }
        }
    }

    /** An event in flight. */
    private final class Sending implements Callback {

        private final OutboxRow row;
        private final boolean alone;
        private volatile boolean acknowledged;
        private volatile @Nullable Throwable refused;
        private volatile int partition;

        private Sending(OutboxRow row, boolean alone) {
            this.row = row;
            this.alone = alone;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            if (exception == null) {
                published.increment();
                acknowledged = true;
                ProducerLine.this.acknowledged++;
            } else {
                refused = exception;
                partition = metadata == null ? -1 : metadata.partition();
                if (!alone) {
                    fail(new Failure(other -> other.failedWith(this), exception));
                }
            }
        }

        /** Returns whether the event may have been in the same batch as {@code first}, and be the cause of the failure. */
        private boolean failedWith(Sending first) {
            return this == first
                    || refused != null
                            && row.topic().equals(first.row.topic())
                            && partition == first.partition
                            && !ABORTED.equals(refused.getMessage());
        }
    }
}

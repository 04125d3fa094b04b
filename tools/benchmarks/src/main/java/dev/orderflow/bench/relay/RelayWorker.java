package dev.orderflow.bench.relay;

import dev.orderflow.bench.ChildJvm;
import dev.orderflow.bench.Sampler;
import dev.orderflow.bench.Timeline;
import dev.orderflow.bench.publishing.Orders;
import dev.orderflow.bench.publishing.PublishingService;
import dev.orderflow.bench.publishing.WriterLoad;
import dev.orderflow.eventing.outbox.relay.PlainRelay;
import dev.orderflow.eventing.outbox.relay.ReplicationRelay;
import dev.orderflow.eventing.outbox.relay.Sender;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Main class of the child JVMs of {@code ./bench relay}:
 * <ul>
 * <li>{@code relay N}: a service whose relay finds N events;
 * <li>{@code memory N}: sends the N records of a file, held in memory, by a producer like the relay's;
 * <li>{@code plain N}, {@code replication N}: another design of a relay finds N events;
 * <li>{@code write SECONDS THREADS on|off}: writers at full speed, with the relay or without;
 * <li>{@code keys N one|many}: N events published and sent, all of one key or each of its own.
 * </ul>
 */
final class RelayWorker {

    /**
     * JVM options with enough memory for a million records. They are the same for all, so that only the measured way
     * differs.
     */
    static final List<String> JVM_OPTIONS = List.of("-Xms1g", "-Xmx4g");

    /** Property that names the topic of {@code memory}. */
    static final String TOPIC = "bench.topic";

    /** Property that names the file of {@code memory}. */
    static final String RECORDS = "bench.records";

    /** Property with the number of rows per batch of {@code plain}. */
    static final String BATCH = "bench.batch";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int EVENTS_PER_TRANSACTION = 10;

    private final Map<String, String> properties;
    private final List<SentRecord> records = new ArrayList<>();
    private long streams = System.nanoTime();

    private RelayWorker(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Starts a worker. */
    static ChildJvm start(Map<String, String> properties) {
        return ChildJvm.start("relay", RelayWorker.class, JVM_OPTIONS, properties);
    }

    public static void main(String[] arguments) throws IOException {
        ChildJvm.serve(arguments, properties -> {
            var worker = new RelayWorker(properties);
            return question -> worker.answer(question.split(" "));
        });
    }

    private Object answer(String[] words) {
        return switch (words[0]) {
            case "relay" -> relay(Long.parseLong(words[1]));
            case "memory" -> memory(Long.parseLong(words[1]));
            case "plain" -> plain(Long.parseLong(words[1]));
            case "replication" -> replication(Long.parseLong(words[1]));
            case "write" -> write(Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3].equals("on"));
            case "keys" -> keys(Long.parseLong(words[1]), words[2].equals("one"));
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /**
     * Measures from the relay's start to the broker's acknowledgement of the last event; the service itself has started
     * before.
     */
    private Timeline relay(long events) {
        try (var service = PublishingService.start(properties)) {
            var sampler = new Sampler(service::acknowledged, events);
            service.startRelay();
            var timeline = sampler.await(PATIENCE);
            service.awaitAllSent();
            return timeline;
        }
    }

    /** Measures from the first send to the broker's acknowledgement of the last record. */
    private Timeline memory(long events) {
        load();
        var topic = properties.get(TOPIC);
        var ready =
                records.stream().map(record -> record.toProducerRecord(topic)).toList();
        var acknowledged = new AtomicLong();
        try (var service = PublishingService.start(properties);
                var producer = service.producer()) {
            var sampler = new Sampler(acknowledged::get, events);
            for (ProducerRecord<byte[], byte[]> record : ready) {
                producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
            }
            producer.flush();
            return sampler.await(PATIENCE);
        }
    }

    private Timeline plain(long events) {
        var batch = Integer.parseInt(properties.get(BATCH));
        return other(
                events,
                PlainRelay.CONNECTION,
                (connection, sender) -> new PlainRelay(connection, PublishingService.NAME, sender, batch).drain());
    }

    private Timeline replication(long events) {
        return other(
                events,
                ReplicationRelay.CONNECTION,
                (connection, sender) -> new ReplicationRelay(connection, PublishingService.NAME, sender).send(events));
    }

    /**
     * Measures like {@link #relay}; the relay returns only when it has stored that all is sent, and gets its connection
     * before the start.
     */
    private Timeline other(long events, Map<String, String> connectionSettings, OtherRelay relay) {
        try (var service = PublishingService.start(properties);
                var connection = new OutboxDatabase(properties).connect(connectionSettings);
                var sender = service.sender();
                var sampler = new Sampler(service::acknowledged, events)) {
            relay.send(connection, sender);
            return sampler.await(PATIENCE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends all waiting events and returns when the broker has acknowledged them. */
    @FunctionalInterface
    private interface OtherRelay {

        void send(Connection connection, Sender sender) throws SQLException;
    }

    private WriterLoad.Result write(int seconds, int threads, boolean withRelay) {
        try (var service = PublishingService.start(properties)) {
            return new WriterLoad(service, threads, streams++).run(Duration.ofSeconds(seconds), withRelay);
        }
    }

    private Timeline keys(long events, boolean one) {
        var stream = streams++;
        try (var service = PublishingService.start(properties)) {
            service.startRelay();
            service.awaitAllSent();
            var before = service.acknowledged();
            var sampler = new Sampler(() -> service.acknowledged() - before, events);
            for (var from = 0L; from < events; from += EVENTS_PER_TRANSACTION) {
                service.publish(LongStream.range(from, Math.min(from + EVENTS_PER_TRANSACTION, events))
                        .mapToObj(number -> Orders.placed(Orders.id(stream, one ? 0 : number), number))
                        .toList());
            }
            return sampler.await(PATIENCE);
        }
    }

    /** Loads the records in the order of publishing. */
    private void load() {
        if (!records.isEmpty()) {
            return;
        }
        var names = new HashMap<String, String>();
        var file = Path.of(properties.get(RECORDS));
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (in.available() > 0) {
                records.add(SentRecord.read(in, names));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records.sort(Comparator.comparing(record -> record.metadata().id().toString()));
    }
}

package dev.orderflow.bench.relay;

import dev.orderflow.bench.BrokenPromiseException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Topic that a backlog is sent to. */
record SentTopic(String bootstrapServers, String name) {

    private static final int PARTITIONS = 6;
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Content of the topic.
     *
     * @param records number of records
     * @param checksum the same for the same events, whatever their order across keys
     */
    record Content(long records, long checksum) {}

    /** Deletes and creates the topic, so that the next measurement starts with an empty one. */
    void recreate() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            delete(admin);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(PATIENCE)
                    .until(() -> create(admin));
        }
    }

    /**
     * Checks that each of {@code backlog}'s events is there, and those of a key in order; duplicates are allowed, since
     * a relay delivers at least once.
     *
     * @param copy gets the records, each event once, in any order
     */
    Content require(Backlog backlog, OutputStream copy) {
        var last = new HashMap<String, Long>();
        var records = 0L;
        var events = 0L;
        var checksum = 0L;
        try (var consumer = consumer();
                var out = new BufferedOutputStream(copy, 1 << 20)) {
            var end = rewind(consumer);
            while (records < end) {
                for (var received : consumer.poll(POLL)) {
                    records++;
                    var record = new SentRecord(received.key(), received.headers(), received.value());
                    if (isNew(record, last)) {
                        events++;
                        var bytes = record.toBytes();
                        checksum += checksum(bytes);
                        out.write(bytes);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (events != backlog.events()) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT,
                    "%,d events were committed, but %,d are on topic %s.",
                    backlog.events(),
                    events,
                    name));
        }
        return new Content(records, checksum);
    }

    /** Reads the whole topic, as a service does, and returns the number of records. */
    long readAll() {
        try (var consumer = consumer()) {
            var end = rewind(consumer);
            var records = 0L;
            while (records < end) {
                records += consumer.poll(POLL).count();
            }
            return records;
        }
    }

    /** {@return the topic's size on the broker's disk in bytes} */
    long bytes() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(name))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new KafkaException("cannot read the size of topic " + name, e);
        }
    }

    private static long checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return checksum.getValue();
    }

    private static boolean isNew(SentRecord record, Map<String, Long> last) {
        var sequence = record.metadata().sequence();
        var before = last.getOrDefault(record.key(), 0L);
        if (sequence > before + 1) {
            throw new BrokenPromiseException(String.format(
                    Locale.ROOT, "Event %d of key %s was sent after event %d.", sequence, record.key(), before));
        }
        if (sequence == before + 1) {
            last.put(record.key(), sequence);
            return true;
        }
        return false;
    }

    private void delete(Admin admin) {
        try {
            admin.deleteTopics(Set.of(name)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new KafkaException("cannot delete topic " + name, e.getCause());
            }
        } catch (InterruptedException | TimeoutException e) {
            throw new KafkaException("cannot delete topic " + name, e);
        }
    }

    /** Returns whether the topic was created; the broker may still be deleting the previous one. */
    private boolean create(Admin admin) throws InterruptedException {
        try {
            admin.createTopics(Set.of(new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Moves the consumer to the first record and returns the number of records. */
    private long rewind(KafkaConsumer<?, ?> consumer) {
        consumer.assign(partitions());
        consumer.seekToBeginning(consumer.assignment());
        return consumer.endOffsets(consumer.assignment()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}

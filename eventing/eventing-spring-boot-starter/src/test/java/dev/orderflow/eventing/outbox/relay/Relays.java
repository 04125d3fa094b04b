package dev.orderflow.eventing.outbox.relay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Instances of a relay on one database that share a topic creator, with the producer settings on which the guarantees rest. */
final class Relays implements AutoCloseable {

    /** Settings of a relay that polls constantly. */
    static final OutboxRelay.Settings OFTEN = new OutboxRelay.Settings(
            100,
            Duration.ofSeconds(2),
            Duration.ofMillis(5),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));

    /** Settings of a relay that polls only when it renews its leases, three times a minute. */
    static final OutboxRelay.Settings RARELY = new OutboxRelay.Settings(
            100,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));

    static final Map<String, Object> KAFKA = Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestInfrastructure.get().bootstrapServers());

    private final OutboxDatabase database;
    private final TopicCreator topics;
    private final Map<UUID, OutboxRelay> started = new HashMap<>();

    Relays(OutboxDatabase database) {
        this(database, new TopicCreator(KAFKA, 3, Optional.empty(), topic -> Map.of()));
    }

    Relays(OutboxDatabase database, TopicCreator topics) {
        this.database = database;
        this.topics = topics;
    }

    UUID start() {
        return start(OFTEN, () -> producer(Map.of()));
    }

    UUID start(OutboxRelay.Settings settings, Supplier<Producer<byte[], byte[]>> producers) {
        return start(settings, producers, this::parked);
    }

    UUID start(
            OutboxRelay.Settings settings,
            Supplier<Producer<byte[], byte[]>> producers,
            BiFunction<OutboxReader, BucketLeases, ParkedEvents> parked) {
        var instance = UUID.randomUUID();
        var reader = new OutboxReader(database.template, "test");
        var leases = new BucketLeases(database.jdbc, instance, settings.lease());
        var relay = new OutboxRelay(
                reader,
                new OutboxSender(
                        producers,
                        topics,
                        new SimpleMeterRegistry().counter("published"),
                        new DatabaseTime(database.jdbc),
                        settings.lease().dividedBy(3)),
                leases,
                parked.apply(reader, leases),
                new RelaySignals(database.dataSource),
                settings);
        started.put(instance, relay);
        relay.start();
        return instance;
    }

    ParkedEvents parked(OutboxReader reader, BucketLeases leases) {
        return new ParkedEvents(database.jdbc, database.transaction, reader, leases, OFTEN.lease());
    }

    static Producer<byte[], byte[]> producer(Map<String, Object> more) {
        return new KafkaProducer<>(producerProperties(more), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> producerProperties(Map<String, Object> more) {
        var properties = new HashMap<>(KAFKA);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG, OFTEN.lease().dividedBy(2).toMillis());
        properties.putAll(more);
        return properties;
    }

    OutboxRelay get(UUID instance) {
        return started.get(instance);
    }

    /** All relays that were started, including stopped ones. */
    Collection<OutboxRelay> all() {
        return started.values();
    }

    Collection<Integer> bucketsOf(UUID instance) {
        return database.jdbc
                .sql("SELECT bucket FROM outbox_bucket WHERE owner = ?")
                .param(instance)
                .query(Integer.class)
                .list();
    }

    /** The sequence numbers of a key's events on the topic, with duplicates. */
    static List<Long> sent(String key) {
        return TestInfrastructure.get().topics().read(OutboxDatabase.TOPIC).stream()
                .filter(message -> key.equals(message.key()))
                .map(message -> CloudEventHeaders.read(message.headers()).sequence())
                .toList();
    }

    /** The sequence numbers that a consumer sees after dropping duplicates. */
    static List<Long> firstSent(String key) {
        return sent(key).stream().distinct().toList();
    }

    /** The sequence numbers of all keys without duplicates, from one read of the topic. */
    static Map<String, Set<Long>> firstSentByKey() {
        return TestInfrastructure.get().topics().read(OutboxDatabase.TOPIC).stream()
                .collect(groupingBy(
                        ConsumerRecord::key,
                        mapping(
                                message -> CloudEventHeaders.read(message.headers())
                                        .sequence(),
                                toCollection(LinkedHashSet::new))));
    }

    @Override
    public void close() {
        started.values().forEach(OutboxRelay::stop);
    }
}

package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Sources;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Databases with the services' real tables, topics, and a sandbox, without services: the test writes their data. */
final class World implements AutoCloseable {

    /** Topics of the events about orders. */
    private static final Map<Service, String> TOPIC = Map.of(
            Service.ORDER,
            "order-events",
            Service.INVENTORY,
            "inventory-events",
            Service.PAYMENT,
            "payment-events",
            Service.SHIPPING,
            "shipping-events",
            Service.LOYALTY,
            "loyalty-events");

    private static final int PARTITIONS = 3;
    /** Longer than a busy machine takes to create all topics. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Number of events that a verification keeps in memory at once. */
    long mostEvents = Long.MAX_VALUE;

    final SandboxDouble sandbox = new SandboxDouble();
    private final ServiceDatabases databases;
    private final Map<String, Integer> sequences = new HashMap<>();
    private final String bootstrapServers;
    private final Admin admin;
    private final Set<Uuid> topicIds = new HashSet<>();
    private KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private int events;

    private World() throws IOException, SQLException {
        bootstrapServers = TestInfrastructure.get().bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = newProducer();
        databases = new ServiceDatabases();
    }

    static World create() {
        try {
            return new World();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the databases cannot be created", e);
        }
    }

    /** Empties everything. A new producer is needed, since a producer caches metadata of topics that are created again. */
    void reset() throws Exception {
        producer.close();
        createEmptyTopics();
        databases.empty();
        sandbox.payments.clear();
        sandbox.shipments.clear();
        sandbox.mails.clear();
        sequences.clear();
        sent.clear();
        mostEvents = Long.MAX_VALUE;
        producer = newProducer();
    }

    /** Event as its publisher knows it. */
    record Event(UUID id, String topic, String key, String type, int sequence) {}

    Sources sources() {
        return new Sources(databases.addresses(), Map.of("bootstrap.servers", bootstrapServers), sandbox.uri());
    }

    Report verify(Duration timeout) {
        return new Verification(sources(), Clock.systemUTC(), Duration.ofMillis(300), mostEvents).verify(timeout);
    }

    void sql(Service service, String sql, Object... parameters) {
        databases.sql(service, sql, parameters);
    }

    UUID find(Service service, String sql, Object... parameters) {
        return databases.find(service, sql, parameters);
    }

    /** Writes the event to the outbox and the topic and lets all subscribers consume it. */
    Event publish(Service by, Object key, Class<? extends DomainEvent> type) {
        var event = recordOnly(by, key, type);
        send(event);
        consume(event);
        return event;
    }

    /** Writes the event to the outbox only. */
    Event recordOnly(Service by, Object key, Class<? extends DomainEvent> type) {
        var event = event(key, type);
        record(by, event);
        return event;
    }

    /** Publishes a further version of an event, under the same id, so that consumers take it for a copy. */
    void publishVersion(Service by, Event published, Class<? extends DomainEvent> type) {
        var next = event(published.key(), type);
        var version = new Event(published.id(), next.topic(), next.key(), next.type(), next.sequence());
        record(by, version);
        send(version);
    }

    private void record(Service by, Event event) {
        sql(
                by,
                """
                INSERT INTO outbox (bucket, event_id, topic, key, type, sequence, time, payload)
                VALUES (?, ?, ?, ?, ?, ?, now(), '{}')
                """,
                Math.floorMod(event.key().hashCode(), 16),
                event.id(),
                event.topic(),
                event.key(),
                event.type(),
                event.sequence());
    }

    /** Returns an event that is written nowhere yet, with the next sequence number. */
    Event event(Object key, Class<? extends DomainEvent> type) {
        var topic = Service.topicOf(type);
        var id = new UUID(System.currentTimeMillis() << 16 | 0x7000, 0x8000_0000_0000_0000L | ++events);
        return new Event(
                id, topic, key.toString(), Service.typeOf(type), sequences.merge(topic + key, 1, Integer::sum));
    }

    void skipSequence(Service by, UUID key) {
        sequences.merge(TOPIC.get(by) + key, 1, Integer::sum);
    }

    /** Gives the next event the number of the last one, as after a failover that lost the last one. */
    void reuseSequence(Service by, UUID key) {
        sequences.merge(TOPIC.get(by) + key, -1, Integer::sum);
    }

    void send(Event event) {
        var message = new ProducerRecord<>(event.topic(), event.key(), "{}".getBytes(UTF_8));
        message.headers()
                .add("ce_id", event.id().toString().getBytes(UTF_8))
                .add("ce_type", event.type().getBytes(UTF_8))
                .add("ce_sequence", Integer.toString(event.sequence()).getBytes(UTF_8));
        sent.add(producer.send(message));
    }

    RecordMetadata send(ProducerRecord<String, byte[]> message) throws Exception {
        return producer.send(message).get();
    }

    void consume(Event event) {
        for (var service : Service.values()) {
            if (service.mustConsume(event.type())) {
                consume(service, event);
            }
        }
    }

    void consume(Service service, Event event) {
        sql(service, "INSERT INTO inbox (consumer, event_id) VALUES (?, ?)", service.group(), event.id());
    }

    /** Moves all relays' cursors and consumers' offsets to the end. */
    void settle() throws Exception {
        flush();
        for (var service : Service.values()) {
            sql(service, "UPDATE outbox_bucket SET cursor = pg_current_snapshot()");
            commitOffsets(service);
        }
    }

    private void flush() throws Exception {
        producer.flush();
        for (var message : sent) {
            message.get();
        }
        sent.clear();
    }

    private void commitOffsets(Service service) throws Exception {
        var partitions = Service.TOPICS.stream()
                .flatMap(topic ->
                        IntStream.range(0, PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        var ends = admin.listOffsets(partitions).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
        admin.alterConsumerGroupOffsets(service.group(), ends).all().get();
    }

    /** Deletes all present records from the topics, as retention does. */
    void expireTopics() throws Exception {
        flush();
        for (var topic : Service.TOPICS) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                var key = new TopicPartition(topic, partition);
                admin.deleteRecords(Map.of(key, RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        sandbox.close();
        producer.close();
        admin.close();
        databases.close();
    }

    /** Creates empty topics. The broker is shared by all tests of the JVM, and a deleted topic exists for a moment longer. */
    private void createEmptyTopics() throws Exception {
        try {
            admin.deleteTopics(Service.TOPICS).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
        var topics = Service.TOPICS.stream()
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                .toList();
        Awaitility.await()
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> admin.createTopics(topics).all().get() == null);
        // A producer that reads the metadata of a deleted topic may not send to the new one within its delivery
        // timeout.
        Awaitility.await().atMost(SOON).ignoreExceptions().until(this::haveNewTopics);
    }

    private boolean haveNewTopics() throws Exception {
        var described =
                admin.describeTopics(Service.TOPICS).allTopicNames().get().values();
        var ids = described.stream().map(TopicDescription::topicId).collect(Collectors.toSet());
        var complete =
                described.stream().flatMap(topic -> topic.partitions().stream()).allMatch(it -> it.leader() != null);
        if (!complete || ids.stream().anyMatch(topicIds::contains)) {
            return false;
        }
        topicIds.addAll(ids);
        return true;
    }

    private static KafkaProducer<String, byte[]> newProducer() {
        var settings = TestInfrastructure.get().producerSettings();
        settings.putAll(Map.of("delivery.timeout.ms", 30_000, "request.timeout.ms", 10_000));
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}

package dev.orderflow.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.verify.evidence.Service;
import dev.orderflow.verify.evidence.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * Databases with the services' real tables, topics, and a sandbox, all without services: what these would write is written by
 * the test.
 */
final class World {

    private static final Map<Service, String> TOPIC = Map.of(
            Service.ORDER, "order-events", Service.INVENTORY, "inventory-events", Service.PAYMENT, "payment-events");
    private static final int PARTITIONS = 3;

    private static final String TRUNCATE = """
            DO $$
            BEGIN
                EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ')
                         FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'outbox_bucket');
            END $$
            """;

    /** How many events a verification keeps in memory at once. */
    long mostEvents = Long.MAX_VALUE;

    final SandboxDouble sandbox = new SandboxDouble();
    private final Map<Service, Sources.Database> databases = new EnumMap<>(Service.class);
    private final Map<Service, Connection> connections = new EnumMap<>(Service.class);
    private final Map<String, Integer> sequences = new HashMap<>();
    private final String bootstrapServers;
    private final Admin admin;
    private KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private int events;

    World() throws Exception {
        var infrastructure = TestInfrastructure.get();
        bootstrapServers = infrastructure.bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = newProducer();
        for (var service : Service.values()) {
            var database = infrastructure.createDatabase(service.group().replace('-', '_'));
            databases.put(service, new Sources.Database(database.jdbcUrl(), database.username(), database.password()));
            connections.put(
                    service, DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password()));
            migrate(service, "eventing/eventing-spring-boot-starter/src/main/resources/db/eventing");
            migrate(service, service.group() + "/src/main/resources/db/migration");
        }
    }

    /** Empties everything. A producer remembers topics, so that those of the same name need another one. */
    void reset() throws Exception {
        producer.close();
        createEmptyTopics();
        for (var service : Service.values()) {
            sql(service, TRUNCATE);
            sql(service, "UPDATE outbox_bucket SET owner = NULL, leased_until = now(), cursor = pg_current_snapshot()");
        }
        sandbox.payments.clear();
        sandbox.mails.clear();
        sequences.clear();
        producer = newProducer();
    }

    /** An event as its publisher knows it. */
    record Event(UUID id, String topic, String key, String type, int sequence) {}

    Sources sources() {
        return new Sources(databases, bootstrapServers, sandbox.uri());
    }

    Report verify(Duration timeout) {
        return new Verification(sources(), Clock.systemUTC(), Duration.ofMillis(300), mostEvents).verify(timeout);
    }

    void sql(Service service, String sql, Object... parameters) {
        try (var statement = connections.get(service).prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    UUID find(Service service, String sql, Object... parameters) {
        try (var statement = connections.get(service).prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Writes the event to the outbox and the topic and has all subscribers take it in. */
    Event publish(Service by, UUID key, Class<? extends DomainEvent> type) {
        var event = recordOnly(by, key, type);
        send(event);
        takeIn(event);
        return event;
    }

    /** Writes the event to the outbox only. */
    Event recordOnly(Service by, UUID key, Class<? extends DomainEvent> type) {
        var event = event(by, key, type);
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
        return event;
    }

    /** An event that is written nowhere yet, with the next sequence number. */
    Event event(Service by, UUID key, Class<? extends DomainEvent> type) {
        var topic = TOPIC.get(by);
        var id = new UUID(System.currentTimeMillis() << 16 | 0x7000, 0x8000_0000_0000_0000L | ++events);
        return new Event(
                id, topic, key.toString(), Service.typeOf(type), sequences.merge(topic + key, 1, Integer::sum));
    }

    void skipSequence(Service by, UUID key) {
        sequences.merge(TOPIC.get(by) + key, 1, Integer::sum);
    }

    /** The next event gets the number of the last one, as after a failover that has lost that one. */
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

    void takeIn(Event event) {
        for (var service : Service.values()) {
            if (service.takesIn(event.type())) {
                takeIn(service, event);
            }
        }
    }

    void takeIn(Service service, Event event) {
        sql(service, "INSERT INTO inbox (consumer, event_id) VALUES (?, ?)", service.group(), event.id());
    }

    /** Relays and consumers say that they are done with everything. */
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
        var partitions = TOPIC.values().stream()
                .flatMap(topic -> java.util.stream.IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        var ends = admin.listOffsets(partitions).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
        admin.alterConsumerGroupOffsets(service.group(), ends).all().get();
    }

    /** As if the topics' retention had passed over everything that is there now. */
    void expireTopics() throws Exception {
        flush();
        for (var topic : TOPIC.values()) {
            for (var partition = 0; partition < PARTITIONS; partition++) {
                var key = new TopicPartition(topic, partition);
                admin.deleteRecords(Map.of(key, org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset(-1)))
                        .all()
                        .get();
            }
        }
    }

    void close() throws Exception {
        sandbox.close();
        producer.close();
        admin.close();
        for (var connection : connections.values()) {
            connection.close();
        }
    }

    /** The broker is shared by all tests of the JVM, and a topic that is deleted is there for a moment longer. */
    private void createEmptyTopics() throws Exception {
        try {
            admin.deleteTopics(TOPIC.values()).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
        var topics = TOPIC.values().stream()
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                .toList();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> admin.createTopics(topics).all().get() == null);
    }

    private KafkaProducer<String, byte[]> newProducer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "delivery.timeout.ms",
                        30_000,
                        "request.timeout.ms",
                        10_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private void migrate(Service service, String folder) throws IOException, SQLException {
        for (var script : scripts(Path.of("../..", folder))) {
            try (var statement = connections.get(service).createStatement()) {
                statement.execute(Files.readString(script));
            }
        }
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var scripts = new ArrayList<>(files.toList());
            scripts.sort(Comparator.comparingInt(World::version));
            return scripts;
        }
    }

    private static int version(Path script) {
        return Integer.parseInt(script.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"));
    }
}

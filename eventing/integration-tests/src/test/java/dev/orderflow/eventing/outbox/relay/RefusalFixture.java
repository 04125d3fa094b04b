package dev.orderflow.eventing.outbox.relay;

import static dev.orderflow.eventing.outbox.OutboxDatabase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.outbox.OutboxDatabase;
import dev.orderflow.eventing.outbox.OutboxDatabase.Row;
import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Events of a topic that a real broker refuses, each between events that it accepts. */
abstract class RefusalFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int MANY = 200;

    final OutboxDatabase database = new OutboxDatabase();
    final Relays relays = new Relays(database);
    final String key = UUID.randomUUID().toString();
    final String topic = "refused-" + UUID.randomUUID();

    @AfterEach
    void stop() {
        relays.close();
        database.close();
    }

    void commitBetweenOthers(String refused) {
        var rows = new ArrayList<Row>();
        for (var number = 1; number <= MANY; number++) {
            rows.add(row(key, "" + number));
            if (number == 50 || number == 150) {
                rows.add(row(refused, "strict", "" + number));
            }
        }
        database.commit(rows.toArray(Row[]::new));
    }

    void awaitOthers() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Relays.firstSent(key)).hasSize(MANY));
    }

    List<String> states() {
        return database.jdbc
                .sql("SELECT state FROM outbox_parked ORDER BY id")
                .query(String.class)
                .list();
    }

    static List<String> keysOn(String topic) {
        return TestInfrastructure.get().topics().read(topic).stream()
                .map(message -> message.key())
                .toList();
    }

    static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers()));
    }

    static void create(String topic, Map<String, String> settings) throws Exception {
        try (var admin = admin()) {
            admin.createTopics(Set.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(settings)))
                    .all()
                    .get();
        }
    }

    static Producer<byte[], byte[]> producer(UnaryOperator<ProducerRecord<byte[], byte[]>> change) {
        return new Changing(change);
    }

    /** A producer that applies {@code change} to each record. */
    static class Changing extends KafkaProducer<byte[], byte[]> {

        private final UnaryOperator<ProducerRecord<byte[], byte[]>> change;

        Changing(UnaryOperator<ProducerRecord<byte[], byte[]>> change) {
            super(Relays.producerProperties(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
            this.change = change;
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            return super.send(change.apply(record), callback);
        }
    }
}

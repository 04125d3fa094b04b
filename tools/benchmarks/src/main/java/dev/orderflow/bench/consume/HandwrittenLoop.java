package dev.orderflow.bench.consume;

import dev.orderflow.bench.consume.StockEvent.Sold;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Minimal consumer with an inbox: one thread, one connection, and per batch one insert into the inbox, one JDBC batch
 * of stock updates, and a commit. No retries, no holds, no dead letters, no handlers, no metrics.
 */
final class HandwrittenLoop {

    static final String SELL = "UPDATE stock_item SET sold = sold + ? WHERE sku = ?";

    private static final String REMEMBER = """
            INSERT INTO inbox (consumer, event_id)
            SELECT 'handwritten', id FROM unnest(?::uuid[]) AS id ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING event_id
            """;

    private static final int BATCH = 500;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final ObjectReader READER = JsonMapper.builder().build().readerFor(Sold.class);

    private final Map<String, String> properties;

    /**
     * Creates the consumer.
     *
     * @param properties as Spring Boot's
     */
    HandwrittenLoop(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Consumes the topic from its beginning and returns after {@code events} records. */
    void run(int events) {
        try (var consumer = consumer();
                var connection = connection()) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (var seen = 0; seen < events; ) {
                var records = consumer.poll(POLL);
                if (!records.isEmpty()) {
                    take(connection, records);
                    consumer.commitAsync(records.nextOffsets(), null);
                    seen += records.count();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void take(Connection connection, ConsumerRecords<String, byte[]> records) throws SQLException {
        var ids = new ArrayList<UUID>(records.count());
        var events = new ArrayList<Sold>(records.count());
        for (var message : records) {
            ids.add(idOf(message));
            events.add(READER.readValue(message.value()));
        }
        var fresh = remember(connection, ids);
        try (var sell = connection.prepareStatement(SELL)) {
            for (var i = 0; i < events.size(); i++) {
                if (fresh.remove(ids.get(i))) {
                    sell.setInt(1, events.get(i).quantity());
                    sell.setString(2, events.get(i).sku());
                    sell.addBatch();
                }
            }
            sell.executeBatch();
        }
        connection.commit();
    }

    private static Set<UUID> remember(Connection connection, List<UUID> ids) throws SQLException {
        var fresh = new HashSet<UUID>();
        try (var remember = connection.prepareStatement(REMEMBER)) {
            remember.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (var rows = remember.executeQuery()) {
                while (rows.next()) {
                    fresh.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return fresh;
    }

    private static UUID idOf(ConsumerRecord<String, byte[]> message) {
        return UUID.fromString(new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
    }

    private static Collection<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        return consumer.partitionsFor(StockEvent.TOPIC).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private Connection connection() throws SQLException {
        var connection = DriverManager.getConnection(
                properties.get("spring.datasource.url"),
                properties.get("spring.datasource.username"),
                properties.get("spring.datasource.password"));
        connection.setAutoCommit(false);
        return connection;
    }

    private Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        properties.get("spring.kafka.bootstrap-servers"),
                        "group.id",
                        "handwritten",
                        "enable.auto.commit",
                        false,
                        "max.poll.records",
                        BATCH),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}

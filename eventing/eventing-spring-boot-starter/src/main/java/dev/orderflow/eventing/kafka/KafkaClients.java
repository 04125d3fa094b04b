package dev.orderflow.eventing.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Kafka clients with the application's configuration under {@code spring.kafka}, such as servers and security, and with the
 * settings on which the delivery guarantees depend.
 */
public class KafkaClients {

    /**
     * Largest record that a client sends, in bytes. It exceeds the default limits of brokers and of publishing by far, so that
     * any record that was read from a topic can be forwarded to a retry topic.
     */
    static final int LARGEST_RECORD = 12 << 20;

    /** Compressed bytes per fetch request. A broker still returns a larger batch, but no other batch with it. */
    private static final int LARGEST_FETCH = 8 << 20;

    /** Limit of the bytes of records that one poll returns. */
    private static final int LARGEST_BATCH = 4 << 20;

    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<String, Object> producerProperties;
    private final Map<String, Object> consumerProperties;
    private final Map<String, Object> adminProperties;
    private final Duration lease;

    /** @param lease the relay's lease */
    KafkaClients(ProducerFactory<?, ?> producers, ConsumerFactory<?, ?> consumers, KafkaAdmin admin, Duration lease) {
        this.lease = lease;
        this.producerProperties = producers.getConfigurationProperties();
        this.consumerProperties = consumers.getConfigurationProperties();
        this.adminProperties = admin.getConfigurationProperties();
    }

    public Map<String, Object> adminProperties() {
        return adminProperties;
    }

    /**
     * Creates the relay's producer. It never expires a record, and has one request in flight, which the relay's ordering
     * requires. The relay flushes when it has no more events to send. Lingering therefore delays no event; it fills the batches
     * of a backlog.
     */
    public Producer<byte[], byte[]> relayProducer() {
        return new KafkaProducer<>(relayProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    Map<String, Object> relayProperties() {
        var properties = safeProducerProperties();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, NEVER);
        // The events of a key must be on one partition, regardless of the configuration of other producers.
        properties.remove(ProducerConfig.PARTITIONER_CLASS_CONFIG);
        properties.remove(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
        properties.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // The relay does not renew its lease while it waits for a topic's metadata.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, lease.dividedBy(2).toMillis());
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return properties;
    }

    /** Creates a producer for single records that a caller waits for: each is sent within ten seconds or never. */
    public Producer<String, byte[]> promptProducer() {
        var properties = safeProducerProperties();
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> safeProducerProperties() {
        var properties = new HashMap<>(producerProperties);
        // A broker that does not know a producer on a partition accepts any first batch. One sent before it would stay
        // refused.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.RETRIES_CONFIG, NEVER);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
        return properties;
    }

    /** Creates a consumer for the ends of topics. It fetches a megabyte at a time and joins no group. */
    public Consumer<String, byte[]> tailConsumer() {
        var properties = new HashMap<>(consumerProperties);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Creates a consumer that reads topics from their beginning and joins no group. */
    public Consumer<String, byte[]> viewConsumer() {
        var properties = new HashMap<>(consumerProperties);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        return new GradualConsumer(properties, 500, 1 << 20);
    }

    public Consumer<String, byte[]> consumer(String group, int maxBatch) {
        var properties = new HashMap<>(consumerProperties);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, LARGEST_FETCH);
        properties.putIfAbsent(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        // Maximum delay until a new retry topic is read during the rollout of another version of the application.
        properties.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        return new GradualConsumer(properties, maxBatch, LARGEST_BATCH);
    }
}

package dev.orderflow.eventing.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;

class KafkaClientsTests {

    private static final Duration LEASE = Duration.ofSeconds(1);

    /** Each of these would let an event overtake another of its key, or lose one. */
    @Test
    void whatIsConfiguredForOtherProducersCannotTakeAwayTheRelaysOrder() {
        var clients = clients(Map.of(
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                5,
                ProducerConfig.PARTITIONER_CLASS_CONFIG,
                RoundRobinPartitioner.class,
                ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                true,
                ProducerConfig.ACKS_CONFIG,
                "1",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                false,
                ProducerConfig.RETRIES_CONFIG,
                0,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                1_000));

        assertThat(clients.relayProperties())
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE)
                .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE)
                .doesNotContainKeys(
                        ProducerConfig.PARTITIONER_CLASS_CONFIG, ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);
    }

    @Test
    void whatConcernsSpeedOnlyCanBeConfigured() {
        var clients = clients(
                Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd", ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024));

        assertThat(clients.relayProperties())
                .containsEntry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd")
                .containsEntry(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024)
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 5);
    }

    /** Otherwise the relay would lose its lease, again and again, before it learned that a topic is missing. */
    @Test
    void theRelayWaitsForNoTopicForAsLongAsALease() {
        var clients = clients(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, "60000"));

        assertThat((long) clients.relayProperties().get(ProducerConfig.MAX_BLOCK_MS_CONFIG))
                .isLessThan(LEASE.toMillis());
    }

    private static KafkaClients clients(Map<String, Object> producer) {
        return new KafkaClients(
                new DefaultKafkaProducerFactory<>(producer),
                new DefaultKafkaConsumerFactory<>(Map.of()),
                new KafkaAdmin(Map.of()),
                LEASE);
    }
}

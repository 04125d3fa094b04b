package dev.orderflow.bench.relay;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Producer settings of a comparison.
 *
 * @param compression as Kafka names it
 * @param linger milliseconds
 */
record Wire(String compression, int linger) {

    Map<String, ?> producerSettings() {
        return Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression, ProducerConfig.LINGER_MS_CONFIG, linger);
    }

    @Override
    public String toString() {
        return compression + ", linger " + linger + " ms";
    }
}

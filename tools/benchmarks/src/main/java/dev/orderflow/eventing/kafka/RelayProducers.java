package dev.orderflow.eventing.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ApplicationContext;

/** Producers with exactly the relay's settings, to measure against. In this package because nobody else needs them. */
public final class RelayProducers {

    private RelayProducers() {}

    public static Producer<byte[], byte[]> create(ApplicationContext context) {
        return context.getBean(KafkaClients.class).relayProducer();
    }

    /** @param more settings of Kafka's producer, in place of the relay's */
    public static Producer<byte[], byte[]> create(ApplicationContext context, Map<String, ?> more) {
        var properties = new HashMap<>(context.getBean(KafkaClients.class).relayProperties());
        properties.putAll(more);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}

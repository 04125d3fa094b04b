package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.outbox.OutboxSender;
import dev.orderflow.eventing.wire.TopicCreator;
import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ApplicationContext;

/** Producers with exactly the relay's settings, for baselines. This package gives access to package-private types. */
public final class RelayProducers {

    private RelayProducers() {}

    public static Producer<byte[], byte[]> create(ApplicationContext context) {
        return context.getBean(KafkaClients.class).relayProducer();
    }

    /**
     * Creates a producer.
     *
     * @param more settings of Kafka's producer that replace the relay's
     */
    public static Producer<byte[], byte[]> create(ApplicationContext context, Map<String, ?> more) {
        var properties = new HashMap<>(context.getBean(KafkaClients.class).relayProperties());
        properties.putAll(more);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Creates a sender.
     *
     * @param published counts what the broker has acknowledged
     */
    public static OutboxSender createSender(ApplicationContext context, Counter published) {
        return new OutboxSender(() -> create(context), context.getBean(TopicCreator.class), published);
    }
}

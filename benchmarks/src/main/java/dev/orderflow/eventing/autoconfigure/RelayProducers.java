package dev.orderflow.eventing.autoconfigure;

import org.apache.kafka.clients.producer.Producer;
import org.springframework.context.ApplicationContext;

/** Producers with exactly the relay's settings, to measure against. In this package because nobody else needs them. */
public final class RelayProducers {

    private RelayProducers() {}

    public static Producer<byte[], byte[]> create(ApplicationContext context) {
        return context.getBean(KafkaClients.class).relayProducer();
    }
}

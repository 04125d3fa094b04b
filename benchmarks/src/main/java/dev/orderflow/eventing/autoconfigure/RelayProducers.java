package dev.orderflow.eventing.autoconfigure;

import dev.orderflow.eventing.outbox.OutboxSender;
import dev.orderflow.eventing.wire.TopicCreator;
import io.micrometer.core.instrument.Counter;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.context.ApplicationContext;

/** Producers with exactly the relay's settings, to measure against. In this package because nobody else needs them. */
public final class RelayProducers {

    private RelayProducers() {}

    public static Producer<byte[], byte[]> create(ApplicationContext context) {
        return context.getBean(KafkaClients.class).relayProducer();
    }

    /** @param published counts what the broker has acknowledged */
    public static OutboxSender createSender(ApplicationContext context, Counter published) {
        return new OutboxSender(() -> create(context), context.getBean(TopicCreator.class), published);
    }
}

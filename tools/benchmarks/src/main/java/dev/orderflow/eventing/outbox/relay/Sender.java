package dev.orderflow.eventing.outbox.relay;

import dev.orderflow.eventing.kafka.RelayProducers;
import dev.orderflow.eventing.kafka.TopicCreator;
import io.micrometer.core.instrument.Counter;
import org.springframework.context.ApplicationContext;

/** A sender like the relay's, for comparing others with it. In this package because its parts are package-private. */
public record Sender(OutboxSender sender) implements AutoCloseable {

    /** @param published counts what the broker has acknowledged */
    public static Sender create(ApplicationContext context, Counter published) {
        return new Sender(
                new OutboxSender(() -> RelayProducers.create(context), context.getBean(TopicCreator.class), published));
    }

    @Override
    public void close() {
        sender.close();
    }
}

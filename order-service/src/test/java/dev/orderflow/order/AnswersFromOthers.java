package dev.orderflow.order;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventContext;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.EventPriority;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventDescriptor;
import dev.orderflow.eventing.wire.EventJson;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;

/** Publishes what other services would answer, as they would: CloudEvents on their topics. */
@TestComponent
public class AnswersFromOthers implements DisposableBean {

    private final EventJson json = new EventJson();
    private final KafkaProducer<String, byte[]> producer;

    AnswersFromOthers(@Value("${spring.kafka.bootstrap-servers}") String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Returns the event's id. */
    public UUID publish(DomainEvent event) {
        var id = Generators.timeBasedEpochGenerator().generate();
        publish(id, event);
        return id;
    }

    public void publish(UUID id, DomainEvent event) {
        publish(
                id,
                event,
                Objects.requireNonNull(EventDescriptor.of(event.getClass()).owner()));
    }

    /** Publishes what {@code source} may not say, and returns the event's id. */
    public UUID forge(String source, DomainEvent event) {
        var id = Generators.timeBasedEpochGenerator().generate();
        publish(id, event, source);
        return id;
    }

    /** Publishes an answer of a tenant. */
    public void publishOf(String tenant, DomainEvent event) {
        var descriptor = EventDescriptor.of(event.getClass());
        var context = new EventContext(null, null, null, tenant, EventPriority.NORMAL, null, null, null);
        send(
                event,
                EventMetadata.of(
                                Generators.timeBasedEpochGenerator().generate(),
                                descriptor.type(),
                                Objects.requireNonNull(descriptor.owner()),
                                event.key(),
                                Instant.now())
                        .within(context));
    }

    private void publish(UUID id, DomainEvent event, String source) {
        var descriptor = EventDescriptor.of(event.getClass());
        send(event, EventMetadata.of(id, descriptor.type(), source, event.key(), Instant.now()));
    }

    private void send(DomainEvent event, EventMetadata metadata) {
        producer.send(new ProducerRecord<>(
                EventDescriptor.of(event.getClass()).topic(),
                null,
                event.key(),
                json.write(event),
                CloudEventHeaders.of(metadata)));
        producer.flush();
    }

    @Override
    public void destroy() {
        producer.close();
    }
}

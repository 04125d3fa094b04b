package dev.orderflow.eventing;

import com.fasterxml.uuid.Generators;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.sample.Effects;
import dev.orderflow.eventing.sample.Faults;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.EventJson;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs the sample application on real infrastructure, with an account of its own for each test. */
@RealInfrastructure
@SpringBootTest(classes = SampleApplication.class)
@DirtiesContext
public abstract class SampleIT {

    @Autowired
    protected EventPublisher events;

    @Autowired
    protected PlatformTransactionManager transactions;

    @Autowired
    protected Effects effects;

    @Autowired
    protected Faults faults;

    @Autowired
    protected JdbcClient jdbc;

    protected final String account = UUID.randomUUID().toString();

    @AfterEach
    protected void clearFaults() {
        faults.clear();
    }

    protected void publish(DomainEvent... published) {
        inTransaction(() -> List.of(published).forEach(events::publish));
    }

    protected void inTransaction(Runnable work) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> work.run());
    }

    protected List<ConsumerRecord<String, byte[]>> recordsOf(String topic) {
        return recordsOf(topic, account);
    }

    protected static List<ConsumerRecord<String, byte[]>> recordsOf(String topic, String key) {
        return TestInfrastructure.get().topics().read(topic).stream()
                .filter(message -> key.equals(message.key()))
                .toList();
    }

    /** Sends records unchanged, like a publisher that repeats itself or is broken. */
    protected static void produce(List<ProducerRecord<String, byte[]>> records) {
        var properties = TestInfrastructure.get().producerSettings();
        properties.put("linger.ms", 50);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(producer::send);
        }
    }

    /** Creates an event as if another service had published it, on partition 0, so that several arrive in one batch. */
    protected static ProducerRecord<String, byte[]> foreign(AccountEvent event) {
        var type = event.getClass().getAnnotation(EventType.class).value();
        return foreign(event.account(), type, new EventJson().write(event));
    }

    protected static ProducerRecord<String, byte[]> foreign(String account, String type, byte[] json) {
        var metadata =
                EventMetadata.of(Generators.timeBasedEpochGenerator().generate(), type, "test", account, Instant.now());
        return new ProducerRecord<>(AccountEvent.TOPIC, 0, account, json, CloudEventHeaders.of(metadata));
    }

    protected static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> message) {
        return new ProducerRecord<>(
                message.topic(), message.partition(), message.key(), message.value(), message.headers());
    }
}

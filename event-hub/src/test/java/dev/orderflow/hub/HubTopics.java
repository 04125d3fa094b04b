package dev.orderflow.hub;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The suite's topics on the tests' broker, and a producer for all of them. */
public final class HubTopics {

    private static final List<String> NAMES = List.of(
            "order-events",
            "inventory-events",
            "payment-events",
            "shipping-events",
            "customer-events",
            "payment-service.retry-1",
            "payment-service.retry-2",
            "payment-service.dlt");

    private static final KafkaProducer<String, byte[]> PRODUCER = create();

    private HubTopics() {}

    /** Has the topics exist. They accept records with any time. */
    public static void require() {
        PRODUCER.metrics();
    }

    public static void send(HubRecord... records) {
        Arrays.stream(records).forEach(each -> PRODUCER.send(each.produced()));
        PRODUCER.flush();
    }

    public static void send(ProducerRecord<String, byte[]> record) {
        PRODUCER.send(record);
        PRODUCER.flush();
    }

    private static KafkaProducer<String, byte[]> create() {
        var infrastructure = TestInfrastructure.get();
        try (var admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, infrastructure.bootstrapServers()))) {
            admin.createTopics(NAMES.stream()
                            .map(name -> new NewTopic(name, 3, (short) 1)
                                    .configs(Map.of(
                                            "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE),
                                            "retention.ms", "-1",
                                            "max.message.bytes", "3000000")))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        var settings = infrastructure.producerSettings();
        settings.put("max.request.size", 3_000_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}

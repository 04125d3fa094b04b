package dev.orderflow.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topic of one partition, used by ordinary clients. */
record TestTopic(String bootstrapServers, String name) {

    void create() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    TopicDescription description() throws Exception {
        try (var admin = admin()) {
            return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        }
    }

    /** Sends a record and returns when it is acknowledged. */
    void send(String value) throws Exception {
        send(value, Map.of());
    }

    /** Sends a record like {@link #send(String)}, but with a short time-out for an unknown topic. */
    void sendImpatiently(String value) throws Exception {
        send(value, Map.of("max.block.ms", "3000"));
    }

    /** Waits for the first {@code count} values and returns them. */
    List<String> read(int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(name, 0)));
            var values = new ArrayList<String>();
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private void send(String value, Map<String, Object> more) throws Exception {
        var settings = new HashMap<String, Object>(more);
        settings.putAll(Map.of("bootstrap.servers", bootstrapServers, "max.in.flight.requests.per.connection", 1));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(name, value)).get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}

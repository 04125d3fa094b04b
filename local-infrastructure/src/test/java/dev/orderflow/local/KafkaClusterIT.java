package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterIT {

    @TempDir
    Path folder;

    List<KafkaServer> brokers;

    @BeforeEach
    void start() {
        brokers = KafkaMember.cluster(3).stream().map(this::broker).toList();
        CompletableFuture.allOf(brokers.stream()
                        .map(each -> CompletableFuture.runAsync(each::start, Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @AfterEach
    void kill() {
        brokers.forEach(KafkaServer::kill);
    }

    @Test
    void recordsAreOnAllBrokersAndTakenWhileOneIsAway() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("t", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            send("one");
            var topic = admin.describeTopics(List.of("t")).allTopicNames().get().get("t");
            assertThat(topic.partitions().getFirst().isr()).hasSize(3);

            brokers.getFirst().kill();
            send("two");

            assertThat(read("t", 2)).containsExactly("one", "two");
        }
    }

    private KafkaServer broker(KafkaMember member) {
        return new KafkaServer(new KafkaSettings(
                folder.resolve("kafka-" + member.node()), folder.resolve(member.node() + ".log"), 0, member));
    }

    private void send(String value) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            assertThat(producer.send(new ProducerRecord<>("t", value)).get().hasOffset())
                    .isTrue();
        }
    }

    private List<String> read(String topic, int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            var values = new ArrayList<String>();
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private String bootstrapServers() {
        return brokers.stream().map(KafkaServer::bootstrapServers).collect(Collectors.joining(","));
    }
}

package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

class KafkaServerIT {

    @TempDir
    Path folder;

    KafkaServer server;

    @BeforeEach
    void start() {
        server = new KafkaServer(new KafkaSettings(folder.resolve("kafka"), folder.resolve("kafka.log"), 0));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void acknowledgedRecordsSurviveSigkillAndStop() throws Exception {
        createTopic("t");
        send("t", "one");

        server.kill();
        assertThat(server.isRunning()).isFalse();
        server.start();
        send("t", "two");
        server.stop();
        server.start();

        assertThat(read("t", 2)).containsExactly("one", "two");
    }

    @Test
    void aMisspeltTopicIsNotCreated() {
        assertThatThrownBy(() -> send("misspelt", "lost")).hasMessageContaining("misspelt");
    }

    @Test
    void aPortInUseIsNamed() {
        var second = new KafkaServer(
                new KafkaSettings(folder.resolve("second"), folder.resolve("second.log"), server.port()));

        assertThatThrownBy(second::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessage("port " + server.port() + " for Kafka is already in use");
    }

    @Test
    void aFailedStartShowsTheEndOfTheLog() throws Exception {
        server.stop();
        Files.writeString(folder.resolve("kafka/data/meta.properties"), "version=1\nnode.id=77\ncluster.id=other");

        assertThatThrownBy(server::start)
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining("77");
    }

    private void createTopic(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private void send(String topic, String value) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", server.bootstrapServers(), "max.block.ms", "3000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private List<String> read(String topic, int count) {
        var settings =
                Map.<String, Object>of("bootstrap.servers", server.bootstrapServers(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            var values = new ArrayList<String>();
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(10)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}

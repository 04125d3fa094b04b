package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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
        var topic = topic("t");
        topic.create();
        topic.send("one");

        server.kill();
        assertThat(server.isRunning()).isFalse();
        server.start();
        topic.send("two");
        server.stop();
        server.start();

        assertThat(topic.read(2)).containsExactly("one", "two");
    }

    @Test
    void aMisspeltTopicIsNotCreated() {
        assertThatThrownBy(() -> topic("misspelt").sendImpatiently("lost")).hasMessageContaining("misspelt");
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

    private TestTopic topic(String name) {
        return new TestTopic(server.bootstrapServers(), name);
    }
}

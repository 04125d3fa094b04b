package dev.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
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
    void recordsAreReplicatedAndAcceptedWhileOneBrokerIsDown() throws Exception {
        var topic = new TestTopic(
                brokers.stream().map(KafkaServer::bootstrapServers).collect(Collectors.joining(",")), "t");
        topic.create();
        topic.send("one");
        assertThat(topic.description().partitions().getFirst().isr()).hasSize(3);

        brokers.getFirst().kill();
        topic.send("two");

        assertThat(topic.read(2)).containsExactly("one", "two");
    }

    private KafkaServer broker(KafkaMember member) {
        return new KafkaServer(new KafkaSettings(
                folder.resolve("kafka-" + member.node()), folder.resolve(member.node() + ".log"), 0, member));
    }
}

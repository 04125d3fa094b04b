package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Records of topics with six partitions that a group has not consumed, as the broker knows. */
final class ConsumerLag {

    private ConsumerLag() {}

    /** Waits until the group has committed the offset of each partition's end. */
    static void awaitNone(String group, Set<String> topics, Duration atMost) {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", TestInfrastructure.get().bootstrapServers()))) {
            await().atMost(atMost)
                    .untilAsserted(() -> assertThat(lag(admin, group, topics)).isZero());
        }
    }

    private static long lag(Admin admin, String group, Set<String> topics)
            throws ExecutionException, InterruptedException {
        var partitions = topics.stream()
                .flatMap(topic -> IntStream.range(0, 6).mapToObj(number -> new TopicPartition(topic, number)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        var ends = admin.listOffsets(partitions).all().get();
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue().offset()
                        - (committed.get(end.getKey()) == null
                                ? 0
                                : committed.get(end.getKey()).offset()))
                .sum();
    }
}

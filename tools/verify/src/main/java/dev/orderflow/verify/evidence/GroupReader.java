package dev.orderflow.verify.evidence;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;

/** Reads the state of the services' consumer groups from the broker. Not thread-safe. */
final class GroupReader implements AutoCloseable {

    private final Map<String, String> broker;
    private final Admin admin;

    GroupReader(Map<String, String> broker) {
        this.broker = broker;
        var settings = new HashMap<String, Object>(broker);
        settings.put("default.api.timeout.ms", "10000");
        settings.put("request.timeout.ms", "8000");
        this.admin = Admin.create(settings);
    }

    /** Returns each group's committed offsets and the groups that have members. */
    ConsumerGroups read() {
        var offsets = new EnumMap<Service, Map<TopicPartition, Long>>(Service.class);
        var running = new HashSet<Service>();
        var groups = Arrays.stream(Service.values()).map(Service::group).collect(toSet());
        try {
            var members = admin.describeConsumerGroups(groups).describedGroups();
            var committed = admin.listConsumerGroupOffsets(
                    groups.stream().collect(toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec())));
            for (var service : Service.values()) {
                offsets.put(
                        service,
                        positions(committed
                                .partitionsToOffsetAndMetadata(service.group())
                                .get()));
                if (hasMembers(members.get(service.group()))) {
                    running.add(service);
                }
            }
            return new ConsumerGroups(offsets, running);
        } catch (ExecutionException e) {
            throw TopicReader.away(broker, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TopicReader.away(broker, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static Map<TopicPartition, Long> positions(Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
        var positions = new HashMap<TopicPartition, Long>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                positions.put(partition, offset.offset());
            }
        });
        return positions;
    }

    private static boolean hasMembers(KafkaFuture<ConsumerGroupDescription> group)
            throws ExecutionException, InterruptedException {
        try {
            return !group.get().members().isEmpty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }
}

package dev.orderflow.eventing.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.wire.TopicCreator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OutboxSenderTests {

    private static final String TOPIC = "order-events";
    private static final int PARTITIONS = 3;

    private final ObservedProducer producer = new ObservedProducer();
    private final OutboxSender sender =
            new OutboxSender(() -> producer, mock(TopicCreator.class), new SimpleMeterRegistry().counter("published"));

    /** Otherwise a broker that refused the first batch could take the second, which would then have overtaken. */
    @Test
    void theFirstRecordOfEachPartitionIsAloneOnItsWay() {
        var rows = IntStream.range(0, 50).mapToObj(OutboxSenderTests::row).toList();

        sender.send(rows);

        assertThat(producer.history()).hasSize(50);
        assertThat(producer.flushedAfter).hasSize(PARTITIONS);
        for (var after : producer.flushedAfter) {
            var newest = producer.history().get(after - 1);
            assertThat(producer.history().subList(0, after - 1))
                    .as("records for the partition before the one that is waited for")
                    .noneMatch(earlier -> earlier.partition().equals(newest.partition()));
        }
    }

    @Test
    void aPartitionIsIntroducedOncePerProducer() {
        sender.send(List.of(row(1)));
        sender.send(List.of(row(1)));

        assertThat(producer.flushedAfter).containsExactly(1);
    }

    private static OutboxRow row(int number) {
        return new OutboxRow(number, TOPIC, ("key-" + number).getBytes(UTF_8), List.of(), new byte[0]);
    }

    /** Remembers how many records had been sent whenever somebody waited for all of them. */
    private static final class ObservedProducer extends MockProducer<byte[], byte[]> {

        private final List<Integer> flushedAfter = new ArrayList<>();

        private ObservedProducer() {
            super(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized void flush() {
            flushedAfter.add(history().size());
            super.flush();
        }

        private static Cluster cluster() {
            var node = new Node(1, "localhost", 9092);
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(number -> new PartitionInfo(TOPIC, number, node, new Node[] {node}, new Node[] {node}))
                    .toList();
            return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
        }
    }
}

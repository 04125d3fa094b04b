package dev.orderflow.eventing.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.orderflow.eventing.TopicView;
import dev.orderflow.eventing.kafka.TopicCreator;
import dev.orderflow.eventing.sample.AccountEvent;
import dev.orderflow.eventing.wire.EventJson;
import dev.orderflow.eventing.wire.EventVerifier;
import dev.orderflow.eventing.wire.ForgedEventException;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ViewReaderTests {

    private static final String TOPIC = AccountEvent.TOPIC;
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
    private static final String OPENED = "sample.account.opened.v1";

    private final Accounts view = new Accounts();
    private final List<MockConsumer<String, byte[]>> consumers = new ArrayList<>();
    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> log = new HashMap<>();
    private EventVerifier verifier = EventVerifier.NONE;

    @Test
    void aViewIsCompleteWhenItHasReadAllPartitions() {
        add(FIRST, "ann", OPENED, "{\"account\": \"ann\"}");
        add(FIRST, "bob", OPENED, "{\"account\": \"bob\"}");
        add(SECOND, "cid", OPENED, "{\"account\": \"cid\"}");
        var reader = reader();

        assertThat(reader.isComplete()).isFalse();
        reader.round();

        assertThat(view.accounts).containsExactlyInAnyOrder("ann", "bob", "cid");
        assertThat(reader.isComplete()).isTrue();
        assertThat(view.completions).isEqualTo(1);
        assertThat(reader.awaitCompletion(Duration.ZERO)).isTrue();
    }

    @Test
    void aViewOfAnEmptyTopicIsComplete() {
        var reader = reader();

        reader.round();

        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void laterEventsFollow() {
        var reader = reader();
        reader.round();

        var later = message(FIRST, 0, "ann", OPENED, "{\"account\": \"ann\"}");
        consumers.getFirst().addRecord(later);
        reader.round();

        assertThat(view.accounts).containsExactly("ann");
        assertThat(view.completions).isEqualTo(1);
    }

    @Test
    void afterAFailureItReadsAgain() {
        add(FIRST, "ann", OPENED, "{\"account\": \"ann\"}");
        var reader = reader();
        reader.round();
        consumers.getFirst().setPollException(new KafkaException("lost"));

        assertThatThrownBy(reader::round).hasMessage("lost");
        assertThat(reader.failed(new KafkaException("lost"))).isPositive();
        reader.round();

        assertThat(consumers.getFirst().closed()).isTrue();
        assertThat(view.accounts).containsExactly("ann", "ann");
        assertThat(view.completions).isEqualTo(1);
    }

    @Test
    void whatIsNoEventOfTheViewIsSkipped() {
        add(FIRST, "ann", OPENED, "no JSON");
        add(FIRST, "ann", OPENED, null);
        add(FIRST, "ann", "sample.account.renamed.v1", "{\"account\": \"ann\"}");
        add(FIRST, "ann", OPENED, "{\"account\": \"another\"}");
        add(FIRST, "bad", OPENED, "{\"account\": \"bad\"}");
        add(FIRST, "ann", OPENED, "{\"account\": \"ann\"}");

        reader().round();

        assertThat(view.accounts).containsExactly("ann");
    }

    @Test
    void aForgedEventIsSkipped() {
        verifier = new EventVerifier() {
            @Override
            public void verify(String topic, @Nullable String key, ReceivedEvent event) {
                throw new ForgedEventException("unsigned");
            }

            @Override
            public boolean isRequired(String topic) {
                return true;
            }
        };
        add(FIRST, "ann", OPENED, "{\"account\": \"ann\"}");
        var reader = reader();

        reader.round();

        assertThat(view.accounts).isEmpty();
        assertThat(reader.isComplete()).isTrue();
    }

    private ViewReader<AccountEvent> reader() {
        return new ViewReader<>(
                view,
                new ViewDecoder<>(AccountEvent.class, new EventJson(), verifier),
                this::consumer,
                mock(TopicCreator.class));
    }

    /** Creates a consumer of what is in the log. */
    private MockConsumer<String, byte[]> consumer() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var node = new Node(0, "127.0.0.1", 1);
        var nodes = new Node[] {node};
        consumer.updatePartitions(
                TOPIC,
                List.of(
                        new PartitionInfo(TOPIC, 0, node, nodes, nodes),
                        new PartitionInfo(TOPIC, 1, node, nodes, nodes)));
        var partitions = List.of(FIRST, SECOND);
        partitions.forEach(partition -> {
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(
                    partition, (long) log.getOrDefault(partition, List.of()).size()));
        });
        consumer.schedulePollTask(() -> log.values().forEach(records -> records.forEach(consumer::addRecord)));
        consumers.add(consumer);
        return consumer;
    }

    private void add(TopicPartition partition, String key, String type, @Nullable String json) {
        var records = log.computeIfAbsent(partition, first -> new ArrayList<>());
        records.add(message(partition, records.size(), key, type, json));
    }

    private static ConsumerRecord<String, byte[]> message(
            TopicPartition partition, long offset, String key, String type, @Nullable String json) {
        var headers = new RecordHeaders();
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", UUID.randomUUID().toString(),
                        "ce_source", "bank",
                        "ce_type", type,
                        "ce_subject", key,
                        "ce_time", "2026-01-02T03:04:05Z",
                        "ce_sequence", "1",
                        "content-type", "application/json")
                .forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                json == null ? null : json.getBytes(UTF_8),
                headers,
                Optional.empty());
    }

    private static final class Accounts implements TopicView<AccountEvent> {

        private final List<String> accounts = new ArrayList<>();
        private int completions;

        @Override
        public Class<AccountEvent> events() {
            return AccountEvent.class;
        }

        @Override
        public void apply(AccountEvent event) {
            if (event.account().equals("bad")) {
                throw new IllegalStateException("this account is bad");
            }
            accounts.add(event.account());
        }

        @Override
        public void completed() {
            completions++;
        }
    }
}

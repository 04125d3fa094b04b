package dev.orderflow.eventing.inbox.polling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class WaitingRecordsTests {

    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final Instant LATEST = NOW.plusSeconds(600);

    private final TopicPartition partition = new TopicPartition("group.retry-1", 0);
    private final WaitingRecords waiting = new WaitingRecords();

    @Test
    void aRecordThatIsNotDueDoesNotStandInTheWayOfThoseBehindIt() {
        waiting.add(record(0, NOW.plusSeconds(60)), LATEST);
        waiting.add(record(1, NOW.minusSeconds(1)), LATEST);

        assertThat(waiting.due(NOW, 10)).extracting(ConsumerRecord::offset).containsExactly(1L);
        assertThat(waiting.nextDue()).contains(NOW.minusSeconds(1));
    }

    @Test
    void recordsComeInTheOrderInWhichTheyAreDueAndThenInThatOfTheirTopic() {
        waiting.add(record(0, NOW), LATEST);
        waiting.add(record(1, NOW.minusSeconds(1)), LATEST);
        waiting.add(record(2, NOW), LATEST);

        assertThat(waiting.due(NOW, 2)).extracting(ConsumerRecord::offset).containsExactly(1L, 0L);
        assertThat(waiting.due(NOW, 9)).extracting(ConsumerRecord::offset).containsExactly(1L, 0L, 2L);
    }

    @Test
    void theOffsetMovesUpToTheFirstThatIsNotDone() {
        var records =
                IntStream.range(0, 3).mapToObj(offset -> record(offset, NOW)).toList();
        records.forEach(message -> waiting.add(message, LATEST));
        waiting.readTo(Map.of(partition, new OffsetAndMetadata(3)));
        assertThat(waiting.offsets()).isEqualTo(Map.of(partition, new OffsetAndMetadata(0)));

        waiting.done(records.get(1));
        assertThat(waiting.offsets()).isEqualTo(Map.of(partition, new OffsetAndMetadata(0)));
        waiting.done(records.get(0));
        assertThat(waiting.offsets()).isEqualTo(Map.of(partition, new OffsetAndMetadata(2)));
        waiting.done(records.get(2));
        assertThat(waiting.offsets()).isEqualTo(Map.of(partition, new OffsetAndMetadata(3)));
    }

    @Test
    void aRecordThatIsReadAgainWaitsOnce() {
        waiting.add(record(0, NOW), LATEST);
        waiting.add(record(0, NOW), LATEST);

        assertThat(waiting.due(NOW, 9)).hasSize(1);
    }

    @Test
    void thoseOfPartitionsThatAreGoneAreForgotten() {
        waiting.add(record(0, NOW), LATEST);
        waiting.readTo(Map.of(partition, new OffsetAndMetadata(1)));
        waiting.retain(Set.of());

        assertThat(waiting.due(NOW, 9)).isEmpty();
        assertThat(waiting.offsets()).isEmpty();
    }

    @Test
    void manyRecordsOrMuchDataAreEnough() {
        assertThat(waiting.isFull(partition.topic())).isFalse();
        IntStream.range(0, 2_000).forEach(offset -> waiting.add(record(offset, NOW), LATEST));
        assertThat(waiting.isFull(partition.topic())).isTrue();
        IntStream.range(0, 2_000).forEach(offset -> waiting.done(record(offset, NOW)));
        assertThat(waiting.isFull(partition.topic())).isFalse();

        waiting.add(record(0, NOW, 8 << 20), LATEST);
        assertThat(waiting.isFull(partition.topic())).isTrue();
        waiting.done(record(0, NOW, 8 << 20));
        assertThat(waiting.isFull(partition.topic())).isFalse();
    }

    /** The values are empty: a record may consist of its headers or its key. */
    @Test
    void headersAndKeysCountAsData() {
        var message = record(0, NOW, 0);
        IntStream.range(0, 1_000).forEach(number -> message.headers().add("name", new byte[5_000]));
        waiting.add(message, LATEST);
        assertThat(waiting.isFull(partition.topic())).isTrue();

        waiting.done(message);
        assertThat(waiting.isFull(partition.topic())).isFalse();
    }

    @Test
    void aRecordThatAWrongClockDatedIsDueAtOnce() {
        waiting.add(record(0, NOW.plus(Duration.ofDays(30))), NOW.plusSeconds(60));

        assertThat(waiting.due(NOW, 9)).hasSize(1);
    }

    @Test
    void thoseOfOneTopicDoNotKeepAnotherFromBeingRead() {
        IntStream.range(0, 2_000).forEach(offset -> waiting.add(record(offset, NOW), LATEST));

        assertThat(waiting.isFull(partition.topic())).isTrue();
        assertThat(waiting.isFull("group.retry-2")).isFalse();
    }

    @Test
    void aRecordThatDoesNotSayWhenIsDueAtOnce() {
        var message = record(0, NOW);
        message.headers().remove("retry_due");
        waiting.add(message, LATEST);
        var garbled = record(1, NOW);
        garbled.headers().remove("retry_due").add("retry_due", "soon".getBytes(StandardCharsets.UTF_8));
        waiting.add(garbled, LATEST);

        assertThat(waiting.due(Instant.EPOCH, 9)).hasSize(2);
    }

    private ConsumerRecord<String, byte[]> record(long offset, Instant due) {
        return record(offset, due, 1);
    }

    private ConsumerRecord<String, byte[]> record(long offset, Instant due, int size) {
        var headers = new RecordHeaders();
        headers.add("retry_due", Long.toString(due.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                1,
                size,
                "k",
                new byte[0],
                headers,
                Optional.empty());
    }
}

package dev.orderflow.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.hub.HubRecord;
import dev.orderflow.hub.sequence.Sequences;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lost events, and what only looks like it. */
class SequenceIT {

    private static final String TOPIC = "order-events";

    private final StoreDatabase database = new StoreDatabase();
    private final String key = HubRecord.newKey();
    private long offset = 1_000;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anUnbrokenStreamHasNoGap() {
        consume(1, 2, 3);
        consume(4, 5);

        assertThat(anomalies()).isEmpty();
    }

    @Test
    void aGapIsFoundWithinABatchAndBetweenBatches() {
        consume(1, 2, 5);
        consume(9);

        assertThat(anomalies()).containsExactly("GAP 3-4", "GAP 6-8");
    }

    @Test
    void aLateStartIsNoLoss() {
        consume(17, 18);

        assertThat(anomalies()).isEmpty();
    }

    @Test
    void eventsThatExpiredUnreadAreNoLoss() {
        consume(1, 2);
        offset += 100;
        database.expire(TOPIC, 0, offset);

        consume(7, 8);

        assertThat(anomalies()).isEmpty();
        consume(10);
        assertThat(anomalies()).containsExactly("GAP 9-9");
    }

    @ParameterizedTest
    @CsvSource({"1100, 0", "1099, 0", "1000, 1"})
    void offsetsThatTheBrokerNoLongerHasAreNoLossAndOthersAre(long beginning, int gaps) {
        var partition = new TopicPartition(TOPIC, 0);
        consume(1, 2);
        offset = 1_100;
        try (var consumer = new MockConsumer<String, byte[]>("earliest")) {
            consumer.updateBeginningOffsets(Map.of(partition, beginning));

            database.listener().onMessage(List.of(event(9)), null, consumer);
        }

        assertThat(anomalies()).hasSize(gaps);
    }

    @Test
    void aCompactedTopicLosesEventsOnPurpose() {
        database.consume(List.of(
                HubRecord.of("compacted-events", "t.v1", "s", key).sequence(1).consumed(0, 1),
                HubRecord.of("compacted-events", "t.v1", "s", key).sequence(9).consumed(0, 2)));

        assertThat(anomalies()).isEmpty();
    }

    @Test
    void anEventThatWasSentTwiceIsNoRegression() {
        var event = HubRecord.of(TOPIC, "t.v1", "s", key);
        database.consume(List.of(event.consumed(0, 1), event.consumed(0, 2)));
        consume(2);
        database.consume(List.of(event.consumed(0, 5_000)));

        assertThat(anomalies()).isEmpty();
    }

    @Test
    void anEventThatWasSeenAsACopyFirstCounts() {
        consume(1);
        var second = HubRecord.of(TOPIC, "t.v1", "s", key).sequence(2);
        database.consume(List.of(second.copy("g.retry-1", "retry_topic", TOPIC).consumed(0, 1)));
        database.consume(List.of(second.consumed(0, offset++)));
        consume(3);

        assertThat(anomalies()).isEmpty();
    }

    @Test
    void anotherEventWithAKnownSequenceIsARegression() {
        consume(1, 2, 3);
        consume(2);
        consume(4);

        assertThat(anomalies()).containsExactly("REGRESSION 2-2");
    }

    @Test
    void sourcesAndKeysAreStreamsOfTheirOwn() {
        database.consume(List.of(
                HubRecord.of(TOPIC, "t.v1", "one", key).sequence(1).consumed(0, 1),
                HubRecord.of(TOPIC, "t.v1", "two", key).sequence(5).consumed(0, 2),
                HubRecord.of("payment-events", "t.v1", "one", key).sequence(9).consumed(0, 3),
                HubRecord.of(TOPIC, "t.v1", "one", HubRecord.newKey())
                        .sequence(7)
                        .consumed(0, 4)));

        assertThat(anomalies()).isEmpty();
    }

    @Test
    void aGapCountsOnceItIsOlderThanTheDelay() {
        consume(1, 4);
        database.confirmGaps();
        assertThat(gauge("hub.sequence.gaps")).isZero();

        age();
        database.confirmGaps();

        assertThat(gauge("hub.sequence.gaps")).isEqualTo(1);
        assertThat(gauge("hub.sequence.regressions")).isZero();
    }

    @Test
    void aGapThatIsFilledBeforeDoesNotCount() {
        consume(1, 4);
        consume(2, 3);
        age();

        database.confirmGaps();

        assertThat(gauge("hub.sequence.gaps")).isZero();
        assertThat(anomalies()).isEmpty();
    }

    private void consume(long... sequences) {
        database.consume(Arrays.stream(sequences).mapToObj(this::event).toList());
    }

    private ConsumerRecord<String, byte[]> event(long sequence) {
        return HubRecord.of(TOPIC, "t.v1", "s", key).sequence(sequence).consumed(0, offset++);
    }

    private void age() {
        database.owner
                .sql("UPDATE sequence_anomaly SET found_at = now() - make_interval(secs => :delay)")
                .param("delay", Sequences.DELAY.toSeconds() + 1)
                .update();
    }

    private double gauge(String name) {
        return database.meters.get(name).gauge().value();
    }

    private List<String> anomalies() {
        return database.owner
                .sql("SELECT kind || ' ' || first || '-' || last FROM sequence_anomaly ORDER BY id")
                .query(String.class)
                .list();
    }
}

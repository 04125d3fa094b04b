package dev.orderflow.eventing.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyQueuesTests {

    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final EventStream STREAM = new EventStream("topic", "key");
    private static final RetryPolicy POLICY = new RetryPolicy(
            new RetryPolicy.Schedule(3, Duration.ofSeconds(1), 10, Duration.ofSeconds(60), 0), Map.of(), Set.of());

    private final TreeMap<Long, Hold> queue = new TreeMap<>();

    @Test
    void itIsTheTurnOfAnEventWhenAllEarlierOnesAreResolvedInThisBatchToo() {
        var first = held(1);
        var second = held(2);
        var queues = queues(Map.of());

        assertThat(queues.isTurnOf(second)).isFalse();
        assertThat(queues.isTurnOf(first)).isTrue();
        queues.tookEffect(first);
        assertThat(queues.isTurnOf(second)).isTrue();
    }

    @Test
    void beyondTheHorizonItIsNobodysTurnThoughAllThatIsKnownAheadIsResolved() {
        var first = held(1);
        var beyond = held(7);
        var queues = queues(Map.of(STREAM, 1L));

        queues.tookEffect(first);
        assertThat(queues.isTurnOf(beyond)).isFalse();

        queues.follow(beyond);
        assertThat(queues.placed()).singleElement().satisfies(placed -> {
            assertThat(placed.hold().state()).isEqualTo(HoldState.HELD);
            assertThat(placed.hold().level()).isEqualTo(1);
        });
    }

    @Test
    void aNewEventComesAfterAllUnresolvedOnesWhereTheOldestIs() {
        held(1);
        var fresh = new ConsumedRecord(source(), STREAM, 0);
        var queues = queues(Map.of());

        assertThat(queues.isTurnOf(fresh)).isFalse();
        queues.follow(fresh);
        assertThat(queues.placed().getFirst().hold().position()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"-5000,5000", "0,200", "100,200", "1000,1000", "10000,10000", "600000,30000", "2592000000,30000"})
    void aFollowerLooksLessAndLessOftenForOneThatDoesNotMove(long overdueMillis, long restMillis) {
        var stuck = new ConsumedRecord(source(), STREAM, 1);
        queue.put(1L, Hold.first(stuck, 1).put(HoldState.RETRYING, 1, NOW.minusMillis(overdueMillis), List.of()));
        var follower = held(2);
        var queues = queues(Map.of());

        queues.follow(follower);

        assertThat(queues.placed().getFirst().hold().due()).isEqualTo(NOW.plusMillis(restMillis));
    }

    @Test
    void aRecordWithAnotherHopIsACopy() {
        var held = held(1);
        var queues = queues(Map.of());

        assertThat(queues.isCurrent(held)).isTrue();
        assertThat(queues.isCurrent(new ConsumedRecord(held.source(), STREAM, 2)))
                .isFalse();
    }

    private KeyQueues queues(Map<EventStream, Long> horizons) {
        return new KeyQueues(Map.of(STREAM, queue), horizons, POLICY, NOW);
    }

    /** An event that was placed on the first retry topic once. */
    private ConsumedRecord held(long position) {
        var incoming = new ConsumedRecord(source(), STREAM, 1);
        var hold = Hold.first(incoming, position).put(HoldState.HELD, 1, NOW, List.of());
        queue.put(position, hold);
        return incoming;
    }

    private static SourceRecord source() {
        return new SourceRecord(UUID.randomUUID(), "topic", 0, 0, "key", "type", new RecordHeaders(), new byte[0]);
    }
}

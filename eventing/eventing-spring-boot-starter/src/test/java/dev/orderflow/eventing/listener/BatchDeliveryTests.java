package dev.orderflow.eventing.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchListenerFailedException;

class BatchDeliveryTests {

    private static final BatchAcknowledgingConsumerAwareMessageListener<String, String> ACCEPTING =
            (given, acknowledgment, consumer) -> {};

    private final List<ConsumerRecord<String, String>> batch =
            Stream.of(0, 1, 2, 3).map(BatchDeliveryTests::message).toList();
    private final BatchDelivery<String, String> delivery = new BatchDelivery<>(batch, null);

    @Test
    void aFailureIsNamedByTheRecordAndNotByItsIndexAmongThoseGiven() {
        delivery.give(fresh(1, 3), ACCEPTING, null);

        var failure = delivery.explain(new BatchListenerFailedException("second", 1));

        assertThat(failure.index()).isEqualTo(3);
        assertThat(failure.exception())
                .isInstanceOfSatisfying(
                        BatchListenerFailedException.class,
                        named -> assertThat(named.getRecord()).isSameAs(batch.get(3)));
    }

    /** The container would commit the offsets of all before it, and nothing has taken effect. */
    @Test
    void aFailureOfARecordThatWasNotGivenNamesNone() {
        delivery.give(fresh(1, 3), ACCEPTING, null);

        for (var failed : List.of(
                new BatchListenerFailedException("third", 2),
                new BatchListenerFailedException("known", batch.get(2)),
                new BatchListenerFailedException("known", message(17)))) {
            var failure = delivery.explain(new IllegalStateException(failed));

            assertThat(failure.index()).isEqualTo(-1);
            assertThat(failure.exception()).hasNoCause();
        }
    }

    @Test
    void anyOtherFailureStaysAsItIs() {
        var other = new IllegalArgumentException("broken");

        assertThat(delivery.explain(other).exception()).isSameAs(other);
    }

    private Set<UUID> fresh(int... positions) {
        var ids = new HashSet<UUID>();
        for (var position : positions) {
            ids.add(RecordIdentity.of(batch.get(position)));
        }
        return ids;
    }

    private static ConsumerRecord<String, String> message(int offset) {
        return new ConsumerRecord<>("topic", 0, offset, "key", "value");
    }
}

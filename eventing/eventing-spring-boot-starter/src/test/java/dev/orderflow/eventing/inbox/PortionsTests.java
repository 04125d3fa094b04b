package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PortionsTests {

    @Test
    void aPortionHasNoMoreBytesThanAllowedAndNoneIsLost() {
        assertThat(portions(100, 10, 20, 70, 1, 99, 1))
                .containsExactly(List.of(10, 20, 70), List.of(1, 99), List.of(1));
    }

    @Test
    void aLargerRecordIsAPortionByItself() {
        assertThat(portions(100, 10, 500, 500, 10))
                .containsExactly(List.of(10), List.of(500), List.of(500), List.of(10));
    }

    @Test
    void nothingIsNoPortion() {
        var none = new Portions(List.of(), 100);

        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void headersCount() {
        var message =
                message(10, new RecordHeaders().add("name", new byte[1_000]).add("none", null));

        assertThat(Portions.sizeOf(message)).isEqualTo(1_018);
    }

    private static List<List<Integer>> portions(int largest, int... sizes) {
        var portions = new Portions(
                IntStream.of(sizes)
                        .mapToObj(size -> message(size, new RecordHeaders()))
                        .toList(),
                largest);
        var cut = new ArrayList<List<Integer>>();
        while (portions.hasNext()) {
            cut.add(portions.next().stream()
                    .map(ConsumerRecord::serializedValueSize)
                    .toList());
        }
        return cut;
    }

    private static ConsumerRecord<String, byte[]> message(int size, Headers headers) {
        return new ConsumerRecord<>(
                "topic", 0, 0, 0, TimestampType.CREATE_TIME, 0, size, null, new byte[size], headers, Optional.empty());
    }
}

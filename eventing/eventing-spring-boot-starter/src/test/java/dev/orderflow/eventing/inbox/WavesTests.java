package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.AfterCall;
import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventHandler;
import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.inbox.DecodedRecord.Delivery;
import dev.orderflow.eventing.inbox.handler.HandlerRegistry;
import dev.orderflow.eventing.inbox.handler.TestHandlers;
import dev.orderflow.eventing.retry.ConsumedRecord;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.retry.SourceRecord.EventStream;
import dev.orderflow.eventing.sample.AccountEvent.Opened;
import dev.orderflow.eventing.sample.AccountEvent.Pledged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class WavesTests {

    private static final String TOPIC = "account-events";

    private final HandlerRegistry registry = TestHandlers.registry(new Handlers(), "group");
    private long offset;

    static class Handlers {

        @EventHandler
        void open(Opened opened) {}

        @EventHandler
        AfterCall pledge(Pledged pledged) {
            return AfterCall.nothing();
        }
    }

    @Test
    void withoutCallOutsABatchIsOneWave() {
        var batch = List.of(plain("a"), plain("b"), plain("a"));

        assertThat(Waves.of(batch)).containsExactly(batch);
    }

    @Test
    void anEventCallsOutInAWaveAfterAllEarlierOnesOfItsKey() {
        var a1 = plain("a");
        var a2 = calling("a");
        var b1 = calling("b");
        var a3 = plain("a");
        var a4 = calling("a");

        assertThat(Waves.of(List.of(a1, a2, b1, a3, a4)))
                .containsExactly(List.of(a1, b1), List.of(a2, a3), List.of(a4));
    }

    @Test
    void anyBatchIsDividedCompletelyInOrderAndWithCallsFirstOfTheirKey() {
        var random = new Random(42);
        for (var round = 0; round < 500; round++) {
            var batch = IntStream.range(0, random.nextInt(40))
                    .mapToObj(index -> {
                        var key = "k" + random.nextInt(4);
                        return random.nextBoolean() ? plain(key) : calling(key);
                    })
                    .toList();
            var waves = Waves.of(batch);

            var all = waves.stream().flatMap(List::stream).toList();
            assertThat(all).containsExactlyInAnyOrderElementsOf(batch);
            for (var key : List.of("k0", "k1", "k2", "k3")) {
                assertThat(of(key, all)).isEqualTo(of(key, batch));
            }
            waves.forEach(WavesTests::assertCallsAreFirstOfTheirKey);
        }
    }

    private static void assertCallsAreFirstOfTheirKey(List<DecodedRecord> wave) {
        var seen = new HashSet<EventStream>();
        for (var received : wave) {
            var delivery = (Delivery) received;
            var first = seen.add(delivery.stream());
            assertThat(first || !delivery.handler().callsOut()).isTrue();
        }
    }

    private static List<DecodedRecord> of(String key, List<DecodedRecord> deliveries) {
        return new ArrayList<>(deliveries.stream()
                .filter(delivery -> delivery.stream().key().equals(key))
                .toList());
    }

    private DecodedRecord plain(String key) {
        return delivery(key, new Opened(key), "sample.account.opened.v1");
    }

    private DecodedRecord calling(String key) {
        return delivery(key, new Pledged(key, 1), "sample.account.pledged.v1");
    }

    private Delivery delivery(String key, DomainEvent event, String type) {
        var source =
                new SourceRecord(UUID.randomUUID(), TOPIC, 0, ++offset, key, "t", new RecordHeaders(), new byte[0]);
        return new Delivery(
                new ConsumerRecord<>(TOPIC, 0, offset, key, new byte[0]),
                ConsumedRecord.first(source),
                metadata(key),
                event,
                registry.find(type).handler());
    }

    private static EventMetadata metadata(String key) {
        return EventMetadata.of(UUID.randomUUID(), "t", "s", key, Instant.EPOCH);
    }
}

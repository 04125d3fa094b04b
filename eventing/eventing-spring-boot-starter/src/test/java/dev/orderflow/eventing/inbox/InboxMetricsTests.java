package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.retry.KeyQueues.Move;
import dev.orderflow.eventing.retry.SourceRecord;
import dev.orderflow.eventing.wire.EventTypeTag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class InboxMetricsTests {

    private static final String HANDLED = "sample.account.opened.v1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InboxMetrics metrics = new InboxMetrics(registry, "group", new EventTypeTag(() -> Set.of(HANDLED)));

    @Test
    void typesThatOthersChooseMakeNoSeriesOfTheirOwn() {
        for (var number = 0; number < 1_000; number++) {
            var type = "sample.account.opened.v" + (number + 2);
            metrics.unhandled(type);
            metrics.duplicate(type);
            metrics.moved(new Move.Held(source(type)));
            metrics.moved(new Move.Retried(source(type), null, 1, "cause"));
        }

        assertThat(registry.getMeters()).hasSize(4);
        assertThat(count("eventing.inbox.unhandled", EventTypeTag.OTHER)).isEqualTo(1_000);
        assertThat(count("eventing.inbox.retried", EventTypeTag.OTHER)).isEqualTo(1_000);
    }

    @Test
    void handledTypesAreCountedByThemselves() {
        metrics.handled(HANDLED);
        metrics.duplicate(HANDLED);

        assertThat(count("eventing.inbox.handled", HANDLED)).isEqualTo(1);
        assertThat(count("eventing.inbox.duplicates", HANDLED)).isEqualTo(1);
    }

    private double count(String name, String type) {
        return registry.get(name).tags("group", "group", "type", type).counter().count();
    }

    private static SourceRecord source(String type) {
        return new SourceRecord(UUID.randomUUID(), "topic", 0, 0, "key", type, new RecordHeaders(), null);
    }
}

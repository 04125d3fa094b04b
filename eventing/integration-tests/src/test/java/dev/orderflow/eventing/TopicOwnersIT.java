package dev.orderflow.eventing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.wire.CloudEventHeaders;
import org.junit.jupiter.api.Test;

/** Publishing on topics that belong to this service, and on those of another one. */
class TopicOwnersIT extends SampleIT {

    @EventTopic(value = "sample-memos", owner = "sample")
    @EventType("sample.memo.written.v1")
    record Written(String key) implements DomainEvent {}

    @EventTopic(value = "others-memos", owner = "others")
    @EventType("others.memo.written.v1")
    record OthersWritten(String key) implements DomainEvent {}

    @Test
    void onlyTheOwnerPublishes() {
        assertThatThrownBy(() -> publish(new Written(account), new OthersWritten(account)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("others-memos, which belongs to others");
        publish(new Written(account));

        await().untilAsserted(() -> assertThat(recordsOf("sample-memos"))
                .singleElement()
                .satisfies(message -> assertThat(
                                CloudEventHeaders.read(message.headers()).source())
                        .isEqualTo("sample")));
    }
}

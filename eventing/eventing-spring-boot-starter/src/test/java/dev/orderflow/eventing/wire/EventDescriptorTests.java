package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.DomainEvent;
import dev.orderflow.eventing.EventTopic;
import dev.orderflow.eventing.EventType;
import org.junit.jupiter.api.Test;

class EventDescriptorTests {

    @Test
    void anEventForATopicThatKafkaDoesNotAllowIsRefusedWhereItIsPublished() {
        assertThat(EventDescriptor.of(Legal.class).topic()).isEqualTo("legal.topic_1-a");
        assertThatThrownBy(() -> EventDescriptor.of(WithBlank.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no topic!");
        assertThatThrownBy(() -> EventDescriptor.of(OnlyDots.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @EventType("dev.orderflow.legal.happened.v1")
    @EventTopic("legal.topic_1-a")
    record Legal(String key) implements DomainEvent {}

    @EventType("dev.orderflow.illegal.happened.v1")
    @EventTopic("no topic!")
    record WithBlank(String key) implements DomainEvent {}

    @EventType("dev.orderflow.illegal.happened.v1")
    @EventTopic("..")
    record OnlyDots(String key) implements DomainEvent {}
}

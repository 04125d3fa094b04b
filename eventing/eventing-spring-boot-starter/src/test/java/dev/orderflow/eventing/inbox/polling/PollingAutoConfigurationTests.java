package dev.orderflow.eventing.inbox.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class PollingAutoConfigurationTests extends WiringTests {

    PollingAutoConfigurationTests() {
        super(PollingAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesPollsNothing() {
        publisher()
                .run(context ->
                        assertThat(context).doesNotHaveBean(ConsumerGroup.class).doesNotHaveBean(GroupMembers.class));
    }

    @Test
    void anApplicationWithAGroupPolls() {
        consumer()
                .run(context ->
                        assertThat(context).hasSingleBean(ConsumerGroup.class).hasSingleBean(GroupMembers.class));
    }
}

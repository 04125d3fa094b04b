package dev.orderflow.eventing.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import dev.orderflow.eventing.inbox.polling.BatchConsumer;
import org.junit.jupiter.api.Test;

class InboxAutoConfigurationTests extends WiringTests {

    InboxAutoConfigurationTests() {
        super(InboxAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesConsumesNothing() {
        publisher()
                .run(context -> assertThat(context)
                        .doesNotHaveBean(BatchConsumer.Factory.class)
                        .doesNotHaveBean(InboxMetrics.class));
    }

    @Test
    void anApplicationWithAGroupConsumes() {
        consumer()
                .run(context -> assertThat(context)
                        .hasSingleBean(BatchConsumer.Factory.class)
                        .hasSingleBean(InboxMetrics.class));
    }
}

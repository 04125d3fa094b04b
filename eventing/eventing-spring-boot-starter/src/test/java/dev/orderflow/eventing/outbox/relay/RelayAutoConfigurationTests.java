package dev.orderflow.eventing.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class RelayAutoConfigurationTests extends WiringTests {

    RelayAutoConfigurationTests() {
        super(RelayAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasARelay() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(OutboxRelay.class)
                        .hasSingleBean(OutboxStatus.class)
                        .hasSingleBean(SentEvents.class)
                        .satisfies(defines("wakeOutboxRelay")));
    }
}

package dev.orderflow.eventing.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class EventingWireAutoConfigurationTests extends WiringTests {

    EventingWireAutoConfigurationTests() {
        super(EventingWireAutoConfiguration.class);
    }

    @Test
    void thereIsJsonOfEvents() {
        publisher().run(context -> assertThat(context).hasSingleBean(EventJson.class));
    }
}

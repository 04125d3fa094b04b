package dev.orderflow.eventing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class EventingAutoConfigurationTests extends WiringTests {

    EventingAutoConfigurationTests() {
        super(EventingAutoConfiguration.class);
    }

    @Test
    void thereAreSettingsAndAClock() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(EventingProperties.class)
                        .hasSingleBean(Clock.class));
    }
}

package dev.orderflow.eventing.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;

class EventingHealthAutoConfigurationTests extends WiringTests {

    EventingHealthAutoConfigurationTests() {
        super(EventingHealthAutoConfiguration.class);
    }

    @Test
    void theThreadsArePartOfLiveness() {
        publisher()
                .run(context -> assertThat(context)
                        .hasSingleBean(LoopsHealth.class)
                        .hasSingleBean(HealthEndpointGroupsPostProcessor.class));
    }

    @Test
    void anApplicationCanDoWithoutThem() {
        publisher()
                .withPropertyValues("management.health.eventing.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(LoopsHealth.class)
                        .doesNotHaveBean(HealthEndpointGroupsPostProcessor.class));
    }
}

package dev.orderflow.eventing.admin.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class OutboxAdminAutoConfigurationTests extends WiringTests {

    OutboxAdminAutoConfigurationTests() {
        super(OutboxAdminAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesCanResolveItsParkedEvents() {
        publisher().run(context -> assertThat(context).hasNotFailed().hasSingleBean(Parking.class));
    }
}

package dev.orderflow.eventing.admin.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;

class HoldAdminAutoConfigurationTests extends WiringTests {

    HoldAdminAutoConfigurationTests() {
        super(HoldAdminAutoConfiguration.class);
    }

    @Test
    void anApplicationThatOnlyPublishesHasNoHolds() {
        publisher()
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Holds.class)
                        .doesNotHaveBean(HoldActions.class));
    }

    @Test
    void anApplicationWithAGroupHasThem() {
        consumer().run(context -> assertThat(context).hasSingleBean(Holds.class).hasSingleBean(HoldActions.class));
    }
}

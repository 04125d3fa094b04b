package dev.orderflow.eventing.admin.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.TenantSwitch;
import dev.orderflow.eventing.WiringTests;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TenantAdminAutoConfigurationTests extends WiringTests {

    TenantAdminAutoConfigurationTests() {
        super(TenantAdminAutoConfiguration.class);
    }

    @Test
    void anApplicationThatRefusesNoTenantHasNoSwitches() {
        complete().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(TenantSwitches.class));
    }

    @Test
    void anApplicationWithASwitchHasThem() {
        runner().run(context -> assertThat(context).hasSingleBean(TenantSwitches.class));
    }

    @Override
    protected ApplicationContextRunner runner() {
        return complete().withBean(TenantSwitch.class, () -> off -> {});
    }
}

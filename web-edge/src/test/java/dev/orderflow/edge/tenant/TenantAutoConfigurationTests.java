package dev.orderflow.edge.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.eventing.TenantSwitch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TenantAutoConfigurationTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TenantAutoConfiguration.class));

    @Test
    void aTenantIsLimitedByItsName() {
        service.withPropertyValues(
                        "edge.tenants.named[0].name=My_Shop",
                        "edge.tenants.named[0].enabled=false",
                        "edge.tenants.named[1].name=b.shop",
                        "edge.tenants.named[1].requests-per-second=7",
                        "edge.tenants.others.waiting=9")
                .run(context -> {
                    var properties = context.getBean(TenantProperties.class);
                    assertThat(properties.isEnabled("My_Shop")).isFalse();
                    assertThat(properties.requestsPerSecond("My_Shop")).isEqualTo(2000);
                    assertThat(properties.requestsPerSecond("b.shop")).isEqualTo(7);
                    assertThat(properties.waiting("b.shop")).isEqualTo(9);
                    assertThat(properties.isEnabled("shop")).isTrue();
                    assertThatExceptionOfType(Refusal.class)
                            .isThrownBy(
                                    () -> context.getBean(TenantLimits.class).admit("My_Shop", true));
                });
    }

    @Test
    void limitsAreValidated() {
        for (var wrong : new String[] {
            "others.requests-per-second=0",
            "others.in-flight=10001",
            "named[0].requests-per-second=0",
            "named[0].waiting=-1",
            "named[0].in-flight=10001",
            "named[0].name=a b",
            "named[0].name=shop",
            "named[2].enabled=false"
        }) {
            service.withPropertyValues("edge.tenants.named[0].name=acme", "edge.tenants.named[1].name=shop")
                    .withPropertyValues("edge.tenants." + wrong)
                    .run(context -> assertThat(context).hasFailed());
        }
    }

    @Test
    void withoutSecurityThereAreNoLimits() {
        service.withPropertyValues(
                        "edge.security.enabled=false",
                        "edge.tenants.named[0].name=demo",
                        "edge.tenants.named[0].enabled=false")
                .run(context -> context.getBean(TenantLimits.class).admit("demo", true));
    }

    @Test
    void onlyAServiceInWhichTenantsChangeAnythingHasTheirSwitch() {
        service.run(context -> assertThat(context).doesNotHaveBean(TenantSwitch.class));
    }

    @Test
    void itBacksOff() {
        var own = TenantLimits.none();

        service.withBean(TenantLimits.class, () -> own)
                .run(context -> assertThat(context.getBean(TenantLimits.class)).isSameAs(own));
    }
}

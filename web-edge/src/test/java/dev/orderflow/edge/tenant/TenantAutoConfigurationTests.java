package dev.orderflow.edge.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TenantAutoConfigurationTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TenantAutoConfiguration.class));

    @Test
    void aTenantIsLimitedByItsName() {
        service.withPropertyValues(
                        "edge.tenants.named.acme.enabled=false",
                        "edge.tenants.named[b.shop].requests-per-second=7",
                        "edge.tenants.others.waiting=9")
                .run(context -> {
                    var properties = context.getBean(TenantProperties.class);
                    assertThat(properties.isEnabled("acme")).isFalse();
                    assertThat(properties.requestsPerSecond("acme")).isEqualTo(2000);
                    assertThat(properties.requestsPerSecond("b.shop")).isEqualTo(7);
                    assertThat(properties.waiting("b.shop")).isEqualTo(9);
                    assertThat(properties.isEnabled("shop")).isTrue();
                    assertThatExceptionOfType(Refusal.class)
                            .isThrownBy(
                                    () -> context.getBean(TenantLimits.class).admit("acme", true));
                });
    }

    @Test
    void limitsAreValidated() {
        for (var wrong : new String[] {
            "others.requests-per-second=0", "named.acme.requests-per-second=0", "named.acme.waiting=-1"
        }) {
            service.withPropertyValues("edge.tenants." + wrong)
                    .run(context -> assertThat(context).hasFailed());
        }
    }

    @Test
    void withoutSecurityThereAreNoLimits() {
        service.withPropertyValues("edge.security.enabled=false", "edge.tenants.named.demo.enabled=false")
                .run(context -> context.getBean(TenantLimits.class).admit("demo", true));
    }

    @Test
    void itBacksOff() {
        var own = TenantLimits.none();

        service.withBean(TenantLimits.class, () -> own)
                .run(context -> assertThat(context.getBean(TenantLimits.class)).isSameAs(own));
    }
}

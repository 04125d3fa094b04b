package dev.orderflow.order.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PaymentPropertiesTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PaymentProperties.class)
    static class Settings {}

    @Test
    void customersAreRemindedFiveMinutesBeforeTheTimeOut() {
        runner.run(context -> {
            var properties = context.getBean(PaymentProperties.class);
            assertThat(properties.timeout()).isEqualTo(Duration.ofMinutes(15));
            assertThat(properties.hasReminder()).isTrue();
            assertThat(properties.afterReminder()).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @Test
    void chargingEndsSomeTimeAfterTheTimeOut() {
        runner.run(context -> {
            var properties = context.getBean(PaymentProperties.class);
            assertThat(properties.timeToCharge()).isEqualTo(Duration.ofSeconds(990));
        });
    }

    @Test
    void aReminderThatWouldNotBeBeforeTheTimeOutIsNone() {
        runner.withPropertyValues("orders.payment.timeout=10m").run(context -> {
            var properties = context.getBean(PaymentProperties.class);
            assertThat(properties.hasReminder()).isFalse();
            assertThat(properties.afterReminder())
                    .as("of one that was scheduled before")
                    .hasMinutes(10);
        });
    }

    @Test
    void aTimeThatIsTooShortOrTooLongFailsTheStart() {
        for (var setting : new String[] {"timeout=0s", "timeout=366d", "reminder=-1m"}) {
            runner.withPropertyValues("orders.payment." + setting)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining(setting.substring(0, setting.indexOf('='))));
        }
    }
}

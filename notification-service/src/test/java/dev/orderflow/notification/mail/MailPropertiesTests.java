package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class MailPropertiesTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(MailConfiguration.class);

    @Test
    void defaultsAreComplete() {
        runner.run(context -> assertThat(context.getBean(MailProperties.class))
                .isEqualTo(new MailProperties("orders@example.com", "example.com", 10_000, Duration.ofDays(90))));
    }

    @ParameterizedTest
    @CsvSource({
        "from, nobody",
        "from, two words@example.com",
        "customer-domain, not a host",
        "per-recipient, 0",
        "retention, 1d"
    })
    void aWrongValueEndsTheStartWithThePropertysName(String property, String value) {
        var name = "notification.mail." + property;

        runner.withPropertyValues(name + "=" + value)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining(name));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MailProperties.class)
    static class MailConfiguration {}
}

package dev.orderflow.notification.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

class CustomersPropertiesTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(CustomersConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(SimpleMeterRegistry.class)
            .withBean(JsonMapper.class, JsonMapper::new)
            .withPropertyValues(
                    "notification.customers.token-uri=http://issuer/oauth2/token",
                    "notification.customers.client-secret=hidden");

    @Test
    void theSecretIsNotShown() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(Recipients.class);
            assertThat(context.getBean(CustomersProperties.class)).asString().doesNotContain("hidden");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "url, order-service",
        "token-uri, ''",
        "token-uri, /oauth2/token",
        "client-secret, ''",
        "cache-time, 61s",
        "cache-size, -1",
        "read-timeout, 0s",
        "read-timeout, 6s",
    })
    void aWrongValueEndsTheStartWithThePropertysName(String property, String value) {
        var name = "notification.customers." + property;

        runner.withPropertyValues(name + "=" + value)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("notification.customers"));
    }

    @Test
    void withoutAccessControlNoCredentialsAreNeeded() {
        runner.withPropertyValues(
                        "edge.security.enabled=false",
                        "notification.customers.token-uri=",
                        "notification.customers.client-secret=")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CustomersProperties.class)
    @Import(RecipientConfiguration.class)
    static class CustomersConfiguration {}
}

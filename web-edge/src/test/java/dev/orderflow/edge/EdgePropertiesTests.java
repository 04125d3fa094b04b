package dev.orderflow.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EdgePropertiesTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Bounded.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EdgeProperties.class)
    static class Bounded {}

    @Test
    void theDefaultsHaveRoomForTheLargestOrderAndForOthersBesideIt() {
        service.run(context -> {
            var properties = context.getBean(EdgeProperties.class);
            var limits = properties.connectionLimits();

            assertThat(properties.maxBodySize().toBytes()).isEqualTo(512 * 1024);
            assertThat(limits.heldBytes())
                    .isGreaterThan(8 * properties.maxBodySize().toBytes());
            assertThat(limits.bodyTime()).isEqualTo(properties.bodyTime());
            assertThat(properties.requests().concurrent()).isLessThan(10);
        });
    }

    @Test
    void whatIsConfiguredHolds() {
        service.withPropertyValues(
                        "edge.body-time=3s",
                        "edge.connections.pending=7",
                        "edge.connections.held=1MB",
                        "edge.connections.header-time=4s",
                        "edge.connections.answer-time=5s")
                .run(context -> {
                    var limits = context.getBean(EdgeProperties.class).connectionLimits();
                    assertThat(limits.pending()).isEqualTo(7);
                    assertThat(limits.heldBytes()).isEqualTo(1 << 20);
                    assertThat(limits.headerTime()).isEqualTo(Duration.ofSeconds(4));
                    assertThat(limits.bodyTime()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(limits.answerTime()).isEqualTo(Duration.ofSeconds(5));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "edge.body-time, 99ms, bodyTime",
        "edge.body-time, 301s, bodyTime",
        "edge.body-time, soon, bodyTime",
        "edge.max-body-size, large, maxBodySize",
        "edge.requests.concurrent, 0, concurrent",
        "edge.requests.waiting, -1, waiting",
        "edge.requests.patience, -1s, patience",
        "edge.connections.pending, 0, pending",
        "edge.connections.header-time, 1ms, headerTime",
        "edge.connections.answer-time, 0, answerTime"
    })
    void aBoundThatBoundsNothingStopsTheStartAndIsNamed(String property, String value, String name) {
        service.withPropertyValues(property + "=" + value).run(context -> {
            assertThat(context).hasFailed();
            assertThat(messages(context.getStartupFailure())).containsAnyOf(property, name);
        });
    }

    @Test
    void eachServiceMayOverrideTheServersDefaults() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("service", Map.of("server.tomcat.max-connections", "77")));

        new EdgeDefaults().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("server.tomcat.max-connections")).isEqualTo("77");
        assertThat(environment.getProperty("server.forward-headers-strategy")).isEqualTo("none");
        assertThat(environment.getProperty("server.tomcat.max-keep-alive-requests"))
                .isEqualTo("-1");
    }

    private static String messages(Throwable failure) {
        var all = new StringBuilder();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }
}

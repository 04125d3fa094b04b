package dev.orderflow.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class TracingDefaultsTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void withoutAnEndpointNothingIsRecorded() {
        process();

        assertThat(environment.getProperty(TracingDefaults.SAMPLER)).isEqualTo("always-off");
        assertThat(environment.getProperty(TracingDefaults.ENDPOINT)).isNotBlank();
    }

    @Test
    void anEmptyEndpointIsNone() {
        setEndpoint("");
        process();

        assertThat(environment.getProperty(TracingDefaults.SAMPLER)).isEqualTo("always-off");
        assertThat(environment.getProperty(TracingDefaults.ENDPOINT)).isNotBlank();
    }

    @Test
    void anEndpointTurnsRecordingOn() {
        setEndpoint("http://collector/v1/traces");
        process();

        assertThat(environment.getProperty(TracingDefaults.SAMPLER)).isNull();
        assertThat(environment.getProperty(TracingDefaults.ENDPOINT)).isEqualTo("http://collector/v1/traces");
    }

    /** Spring Boot may translate them later. */
    @ParameterizedTest
    @ValueSource(strings = {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"})
    void soDoTheVariablesOfOpenTelemetry(String name) {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("variables", Map.of(name, "http://collector")));
        process();

        assertThat(environment.getProperty(TracingDefaults.SAMPLER)).isNull();
        assertThat(environment.getProperty(TracingDefaults.ENDPOINT)).isNull();
    }

    @Test
    void aServiceMayOverrideThem() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("service", Map.of(TracingDefaults.SAMPLER, "always-on")));
        process();

        assertThat(environment.getProperty(TracingDefaults.SAMPLER)).isEqualTo("always-on");
    }

    private void setEndpoint(String address) {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT", address)));
    }

    private void process() {
        new TracingDefaults().postProcessEnvironment(environment, new SpringApplication());
    }
}

package dev.orderflow.edge.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Default settings of tracing for all services. Nothing is recorded until an endpoint receives it.
 * <p>
 * A service that Spring processed ahead of time has the exporter in any case, which needs an address, so that an
 * endpoint can still be set when it starts.
 */
final class TracingDefaults implements EnvironmentPostProcessor, Ordered {

    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";
    static final String SAMPLER = "management.opentelemetry.tracing.sampler";

    private static final Map<String, Object> DEFAULTS = Map.of(
            // Spring Boot would also accept the headers of Zipkin.
            "management.tracing.propagation.type",
            "w3c",
            // A stack trace may have any length. More than Redaction leaves of it, which must see where it is cut.
            "management.opentelemetry.tracing.limits.max-attribute-value-length",
            2 * Redaction.MOST_BYTES,
            // Spans that were not exported are lost if the process is killed.
            "management.opentelemetry.tracing.export.schedule-delay",
            "1s");

    private static final Map<String, Object> UNUSED = Map.of(ENDPOINT, "http://127.0.0.1:4318/v1/traces");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var defaults = new HashMap<>(DEFAULTS);
        if (!hasEndpoint(environment)) {
            defaults.put(SAMPLER, "always-off");
            // First, because an empty address may be set.
            environment.getPropertySources().addFirst(new MapPropertySource("unusedTracingEndpoint", UNUSED));
        }
        environment.getPropertySources().addLast(new MapPropertySource("tracingDefaults", defaults));
    }

    /** Reads OpenTelemetry's own variables, too: Spring Boot may translate them before or after this class has run. */
    private static boolean hasEndpoint(ConfigurableEnvironment environment) {
        return Stream.of(ENDPOINT, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
                .anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
    }

    /** Runs after configuration files were read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}

package dev.orderflow.edge.test;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Default settings of services in tests, with the lowest precedence: requests need no access tokens, except in the tests
 * of these, which set {@link TokenIssuer#properties}.
 */
final class TestDefaults implements EnvironmentPostProcessor {

    private static final String ENABLED = "edge.security.enabled";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // The properties of a SpringApplicationBuilder have a lower precedence than all others.
        if (!environment.containsProperty(ENABLED)) {
            environment.getPropertySources().addLast(new MapPropertySource("testDefaults", Map.of(ENABLED, false)));
        }
    }
}

package dev.orderflow.edge.test;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Default settings of services in tests, with the lowest precedence: requests need no access tokens, except in the tests
 * of these, which set {@link TokenIssuer#properties}. Logs are text.
 */
final class TestDefaults implements EnvironmentPostProcessor, Ordered {

    private static final Map<String, Object> DEFAULTS =
            Map.of("edge.security.enabled", false, "logging.structured.format.console", "");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // The properties of a SpringApplicationBuilder have a lower precedence than all others.
        var missing = new HashMap<>(DEFAULTS);
        missing.keySet().removeIf(environment::containsProperty);
        environment.getPropertySources().addLast(new MapPropertySource("testDefaults", missing));
    }

    /** Runs before the edge adds its own defaults. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}

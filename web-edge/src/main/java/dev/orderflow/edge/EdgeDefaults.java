package dev.orderflow.edge;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings of the web server that all services share. They come last: a service that says otherwise has its way. */
public final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // Spring Boot believes X-Forwarded-For on Kubernetes unless told otherwise. Clients would choose the
            // address by which they
            // are told apart, wherever no proxy is in front.
            "server.forward-headers-strategy", "none");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("edgeDefaults", DEFAULTS));
    }
}

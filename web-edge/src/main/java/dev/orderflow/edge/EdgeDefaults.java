package dev.orderflow.edge;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings of the web server that all services share, with the lowest precedence: each service may override them. */
final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // An idle connection costs next to nothing; ClientConnections decides which is ended first.
            "server.tomcat.max-connections",
            4096,
            // Longest time between two packets of a request, and between two requests.
            "server.tomcat.connection-timeout",
            "10s",
            "server.tomcat.keep-alive-timeout",
            "60s",
            // Clients that come all at once are accepted and refused with Retry-After, instead of waiting for a
            // connection.
            "server.tomcat.accept-count",
            1000,
            // A connection is closed when it is idle, not after a hundred requests, of which the next may be on its way
            // already.
            "server.tomcat.max-keep-alive-requests",
            -1,
            // Spring Boot trusts X-Forwarded-For on Kubernetes by default. Without a proxy in front, clients would
            // choose the address by which they are distinguished.
            "server.forward-headers-strategy",
            "none");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("edgeDefaults", DEFAULTS));
    }
}

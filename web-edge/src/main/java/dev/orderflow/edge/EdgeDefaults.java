package dev.orderflow.edge;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings of the web server that all services share. They come last: a service that says otherwise has its way. */
public final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // A connection that keeps still costs next to nothing; which of them go first is said by ClientConnections.
            "server.tomcat.max-connections",
            4096,
            // How long a client may take between two pieces of a request, and between two requests.
            "server.tomcat.connection-timeout",
            "10s",
            "server.tomcat.keep-alive-timeout",
            "60s",
            // Clients that come all at once get in and are told to come back, instead of waiting for a connection in
            // vain.
            "server.tomcat.accept-count",
            1000,
            // A connection is closed when it is idle, not after a hundred requests, of which the next may be on its way
            // already.
            "server.tomcat.max-keep-alive-requests",
            -1,
            // Spring Boot believes X-Forwarded-For on Kubernetes unless told otherwise. Clients would choose the
            // address by which they
            // are told apart, wherever no proxy is in front.
            "server.forward-headers-strategy",
            "none");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("edgeDefaults", DEFAULTS));
    }
}

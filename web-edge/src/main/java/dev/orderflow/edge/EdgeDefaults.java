package dev.orderflow.edge;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/** Default settings of the web server and of logs for all services, with the lowest precedence: each service may override them. */
final class EdgeDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // An idle connection costs next to nothing; ClientConnections decides which one to close first.
            "server.tomcat.max-connections",
            4096,
            // Longest time between two packets of a request, and between two requests.
            "server.tomcat.connection-timeout",
            "10s",
            "server.tomcat.keep-alive-timeout",
            "60s",
            // Clients that all connect at once are accepted and refused with Retry-After, instead of waiting for a
            // connection. As many as Linux allows by default: where this queue is full, a client that connects is
            // ignored, and tries again only after a second.
            "server.tomcat.accept-count",
            4096,
            // Connections are closed when they are idle, not after a hundred requests, when the next one may be on its
            // way.
            "server.tomcat.max-keep-alive-requests",
            -1,
            // Spring Boot trusts X-Forwarded-For on Kubernetes by default. Without a proxy in front, clients could then
            // choose the address that identifies them.
            "server.forward-headers-strategy",
            "none",
            // Serves /readyz on the public port: a probe there also notices that this port does not answer.
            "management.endpoint.health.probes.add-additional-paths",
            true,
            // Text logs show the whole context of a request or event, if there is one, such as [requestId=…,
            // traceId=…].
            "logging.pattern.correlation",
            "%replace([%mdc] ){'^\\[\\] $', ''}",
            // JSON logs have its entries as members.
            "logging.structured.json.customizer",
            "dev.orderflow.edge.log.EscapedMembers");

    /** JSON, which collectors of logs read. People read those of the demo. */
    private static final Map<String, Object> OUTSIDE_THE_DEMO = Map.of("logging.structured.format.console", "ecs");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("edgeDefaults", DEFAULTS));
        if (!environment.acceptsProfiles(Profiles.of("demo"))) {
            environment.getPropertySources().addLast(new MapPropertySource("logDefaults", OUTSIDE_THE_DEMO));
        }
    }
}

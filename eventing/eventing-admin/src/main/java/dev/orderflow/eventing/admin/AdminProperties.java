package dev.orderflow.eventing.admin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the operators' REST API.
 *
 * @param enabled whether {@code /admin} exists; it needs a {@code management.server.port} that differs from {@code
 *                server.port}, and has no authentication
 */
@ConfigurationProperties("eventing.admin")
record AdminProperties(@DefaultValue("false") boolean enabled) {

    static final String ENABLED = "eventing.admin.enabled";
}

package dev.orderflow.hub;

import dev.orderflow.edge.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The scopes that each operation requires. Payloads concern all customers of a tenant, so that no customer may read them. */
@Configuration(proxyBeanMethods = false)
class HubAccess {

    private static final String OPERATOR = "operator";
    private static final String AUDITOR = "audit:read";

    @Bean
    AccessRules hubAccessRules() {
        return AccessRules.builder()
                .operation(HttpMethod.GET, "/api/events", OPERATOR, AUDITOR)
                .operation(HttpMethod.GET, "/api/timelines/{orderId}", OPERATOR, AUDITOR)
                .operation(HttpMethod.GET, "/api/stream", OPERATOR, AUDITOR)
                .build();
    }
}

package dev.orderflow.loyalty.points;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.orderflow.edge.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scopes that each operation requires. */
@Configuration(proxyBeanMethods = false)
class PointsAccess {

    private static final String READ = "orders:read";
    private static final String WRITE = "orders:write";

    @Bean
    AccessRules pointsAccessRules() {
        return AccessRules.builder()
                .operation(GET, "/api/points/{customerId}", READ)
                .operation(GET, "/api/points/{customerId}/entries", READ)
                .operation(POST, "/api/points/{customerId}/redemptions", WRITE)
                .build();
    }
}

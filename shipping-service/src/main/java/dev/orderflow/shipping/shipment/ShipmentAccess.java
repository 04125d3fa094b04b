package dev.orderflow.shipping.shipment;

import dev.orderflow.edge.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The scopes that each operation requires. */
@Configuration(proxyBeanMethods = false)
class ShipmentAccess {

    /** Scope of operators, who see the shipments of all customers of their tenant. */
    static final String OPERATOR = "operator";

    @Bean
    AccessRules shipmentAccessRules() {
        return AccessRules.builder()
                .operation(HttpMethod.GET, "/api/shipments/{orderId}", "orders:read", OPERATOR)
                .build();
    }
}

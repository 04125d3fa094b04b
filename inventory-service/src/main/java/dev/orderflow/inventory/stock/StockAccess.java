package dev.orderflow.inventory.stock;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import dev.orderflow.edge.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scopes that each operation requires. */
@Configuration(proxyBeanMethods = false)
class StockAccess {

    private static final String WRITE = "stock:write";
    private static final String[] READERS = {WRITE, "orders:read", "operator"};

    @Bean
    AccessRules stockAccessRules() {
        return AccessRules.builder()
                .operation(GET, "/api/inventory", READERS)
                .operation(GET, "/api/inventory/{sku}", READERS)
                .platformOperation(PUT, "/api/inventory/{sku}", WRITE)
                .build();
    }
}

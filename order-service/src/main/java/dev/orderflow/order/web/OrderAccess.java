package dev.orderflow.order.web;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.orderflow.edge.security.AccessRules;
import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.eventing.TenantSwitch;
import dev.orderflow.order.api.v1.OrderServiceGrpc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scopes that each operation requires, over REST and gRPC, and the switch of tenants, which place and cancel orders. */
@Configuration(proxyBeanMethods = false)
public class OrderAccess {

    private static final String READ = "orders:read";
    private static final String WRITE = "orders:write";

    /** Scope of callers that export and erase the data of any customer of their tenant. */
    public static final String ERASE = "customers:erase";

    /** Scope of the service that sends e-mail. */
    private static final String ADDRESSES = "addresses:read";

    /** Scope of callers that manage promotions, whose coupons are not for everybody to read. */
    private static final String PROMOTIONS = "promotions:write";

    @Bean
    TenantSwitch tenantSwitch(TenantLimits limits) {
        return limits.asSwitch();
    }

    @Bean
    AccessRules orderAccessRules() {
        return AccessRules.builder()
                .operation(POST, "/api/orders", WRITE)
                .operation(GET, "/api/orders", READ)
                .operation(GET, "/api/orders/{id}", READ)
                .operation(POST, "/api/orders/{id}/cancel", WRITE)
                .operation(GET, "/api/customers/{id}", READ, ERASE)
                .operationWhileOff(DELETE, "/api/customers/{id}", ERASE)
                .operation(GET, "/api/customers/{id}/reference", READ, WRITE)
                .platformOperation(GET, "/api/customers/{reference}/address", ADDRESSES)
                .operation(GET, "/api/products")
                .operation(GET, "/api/products/{sku}")
                .platformOperation(PUT, "/api/products/{sku}", "catalog:write")
                .operation(POST, "/api/quotes", WRITE)
                .platformOperation(GET, "/api/promotions", PROMOTIONS)
                .platformOperation(GET, "/api/promotions/{id}", PROMOTIONS)
                .platformOperation(PUT, "/api/promotions/{id}", PROMOTIONS)
                .platformOperation(DELETE, "/api/promotions/{id}", PROMOTIONS)
                .call(OrderServiceGrpc.getPlaceMethod().getFullMethodName(), WRITE)
                .readingCall(OrderServiceGrpc.getGetMethod().getFullMethodName(), READ)
                .readingCall(OrderServiceGrpc.getWatchMethod().getFullMethodName(), READ)
                .call(OrderServiceGrpc.getCancelMethod().getFullMethodName(), WRITE)
                .build();
    }
}

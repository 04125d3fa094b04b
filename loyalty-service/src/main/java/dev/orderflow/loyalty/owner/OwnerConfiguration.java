package dev.orderflow.loyalty.owner;

import dev.orderflow.edge.orders.OrderServiceClient;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the client of order-service. */
@Configuration(proxyBeanMethods = false)
class OwnerConfiguration {

    @Bean
    OrderServiceClient orderServiceClient(OrdersProperties properties, CircuitBreakerRegistry circuits) {
        return new OrderServiceClient(
                properties.url(),
                properties.connectTimeout(),
                properties.readTimeout(),
                circuits.circuitBreaker("orders"));
    }

    @Bean
    CustomerReferences customerReferences(OrderServiceClient orders, JsonMapper json) {
        return new CustomerReferences(orders, json);
    }
}

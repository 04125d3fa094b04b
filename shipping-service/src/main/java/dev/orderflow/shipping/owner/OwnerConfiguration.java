package dev.orderflow.shipping.owner;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the HTTP client for order-service. */
@Configuration(proxyBeanMethods = false)
class OwnerConfiguration {

    /** Threads that complete responses, which may block. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService ordersThreads() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    /** Follows no redirect, since a customer's token is for the configured host only. */
    @Bean(destroyMethod = "shutdownNow")
    HttpClient ordersHttpClient(OrdersProperties properties, ExecutorService ordersThreads) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(ordersThreads)
                .build();
    }

    @Bean
    OrderOwners orderOwners(HttpClient ordersHttpClient, OrdersProperties properties, CircuitBreakerRegistry circuits) {
        return new OrderOwners(ordersHttpClient, properties, circuits.circuitBreaker("orders"));
    }
}

package dev.orderflow.notification.recipient;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Configures the HTTP client for order-service and for the issuer of this service's tokens. */
@Configuration(proxyBeanMethods = false)
class RecipientConfiguration {

    private static final String PREFIX = "notification.customers.";

    /** Threads that complete responses, which may block. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService customersThreads() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    /** HTTP/1.1, because over plain TCP the client would first request an upgrade to HTTP/2. */
    @Bean(destroyMethod = "shutdownNow")
    HttpClient customersHttpClient(CustomersProperties properties, ExecutorService customersThreads) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .executor(customersThreads)
                .build();
    }

    @Bean
    AddressBook addressBook(
            HttpClient customersHttpClient,
            JsonMapper json,
            CustomersProperties properties,
            Clock clock,
            @Value("${edge.security.enabled:true}") boolean secured) {
        var exchange = new Exchange(customersHttpClient, json);
        return new AddressBook(
                exchange, properties, secured ? token(exchange, properties, clock) : null, System::nanoTime);
    }

    @Bean
    Recipients recipients(AddressBook book, CustomersProperties properties, Clock clock, MeterRegistry meters) {
        return new Recipients(new AddressCache(clock, properties.cacheTime(), properties.cacheSize()), book, meters);
    }

    private static ClientToken token(Exchange exchange, CustomersProperties properties, Clock clock) {
        if (!properties.tokenUri().startsWith("http")) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "token-uri", properties.tokenUri(), "It must be the issuer's URL for access tokens.");
        }
        if (properties.clientSecret().isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "client-secret", "", "It must be this service's secret at the issuer.");
        }
        return new ClientToken(exchange, properties, clock);
    }
}

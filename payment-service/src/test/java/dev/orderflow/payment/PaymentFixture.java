package dev.orderflow.payment;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.eventing.test.RealInfrastructure;
import dev.orderflow.payment.provider.FakeProvider;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole service between real order events and a provider with scripted failures. */
@RealInfrastructure
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.jpa.hibernate.ddl-auto=validate",
            "resilience4j.circuitbreaker.instances.payment-provider.wait-duration-in-open-state=3s",
            // Short delays, because tests wait for retries; RetryPolicyTests covers the delays themselves.
            "eventing.retry.first-delay=100ms",
            "eventing.retry.longest-delay=1s",
            CommittedApi.RENDERED_APART
        })
@Import(ApiDescription.class)
abstract class PaymentFixture {

    /** End with this JVM, like the application context, which all classes share and which has the provider's address. */
    static final FakeProvider provider = new FakeProvider();

    static final OrderStream orders = new OrderStream();
    static final Duration PATIENCE = Duration.ofSeconds(40);

    @Autowired
    CircuitBreakerRegistry circuitBreakers;

    @Autowired
    BulkheadRegistry bulkheads;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    final UUID order = UUID.randomUUID();

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        registry.add("payment.provider.url", provider::url);
    }

    @BeforeEach
    @AfterEach
    void makeWell() {
        provider.work();
        circuit().reset();
    }

    CircuitBreaker circuit() {
        return circuitBreakers.circuitBreaker("payment-provider");
    }

    RestTestClient http() {
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }
}

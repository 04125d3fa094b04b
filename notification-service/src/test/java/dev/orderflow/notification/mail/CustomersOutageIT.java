package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.events.customer.CustomerReference;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class CustomersOutageIT extends MailScenario {

    @Autowired
    CircuitBreakerRegistry circuitBreakers;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void letOrderServiceWorkAgain() {
        CUSTOMERS.works();
    }

    @Test
    void mailsWaitForOrderServiceAndArriveOnce() {
        var reference = CustomerReference.random().text();
        CUSTOMERS.knows(reference, "outage@example.com");
        var orders = Stream.generate(UUID::randomUUID).limit(30).toList();
        CUSTOMERS.answersAlways(503, "");
        orders.forEach(order -> publish(SampleEvents.placed(order, reference), SampleEvents.paid(order, reference)));
        await().atMost(PATIENCE)
                .until(() -> circuitBreakers.circuitBreaker("customers").getState() == State.OPEN);
        assertThat(circuitBreakers.circuitBreaker("smtp").getState()).isEqualTo(State.CLOSED);

        CUSTOMERS.works();

        orders.forEach(order -> awaitSettled(order, OrderStatus.PAID));
        assertThat(orders)
                .allSatisfy(order -> assertThat(statusesMailedFor(order)).isEqualTo(List.of("PLACED", "PAID")));
        assertThat(jdbc.sql("SELECT count(*) FROM dead_letter WHERE key = ANY (:orders)")
                        .param("orders", orders.stream().map(UUID::toString).toArray(String[]::new))
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}

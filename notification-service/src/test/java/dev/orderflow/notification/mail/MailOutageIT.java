package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MailOutageIT extends MailScenario {

    @Autowired
    CircuitBreakerRegistry circuitBreakers;

    @Test
    void mailsWaitForTheServerAndArriveOnce() {
        var orders = Stream.generate(UUID::randomUUID).limit(30).toList();
        MAIL_SERVER.stop();
        orders.forEach(order -> publish(SampleEvents.placed(order, "17850"), SampleEvents.reserved(order, "17850")));
        await().atMost(PATIENCE).until(this::circuitIsOpen);

        MAIL_SERVER.start();

        orders.forEach(order -> publish(SampleEvents.paid(order, "17850")));
        orders.forEach(order -> awaitSettled(order, OrderStatus.PAID));
        assertThat(orders)
                .allSatisfy(
                        order -> assertThat(statusesMailedFor(order)).isEqualTo(List.of("PLACED", "RESERVED", "PAID")));
    }

    private boolean circuitIsOpen() {
        return circuitBreakers.circuitBreaker("smtp").getState() == State.OPEN;
    }
}

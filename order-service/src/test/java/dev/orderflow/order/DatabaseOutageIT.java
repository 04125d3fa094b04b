package dev.orderflow.order;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.order.OrderClient.Answer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OrderServiceTest
class DatabaseOutageIT {

    private static final int ORDERS = 60;

    @Autowired
    OrderClient client;

    @Test
    void whileItsDatabaseIsGoneTheServiceSaysSoAndARepeatedRequestStillPlacesOneOrder() {
        client.putProduct("LAMP", "2.55");
        var customer = "outage-" + UUID.randomUUID();
        var answers = new ConcurrentLinkedQueue<Answer>();
        var answered = new CountDownLatch(ORDERS / 3);
        try (var threads = Executors.newFixedThreadPool(6)) {
            IntStream.range(0, ORDERS)
                    .forEach(i -> threads.submit(() -> {
                        answers.add(client.place(order(customer, line("LAMP", 1)), customer + i));
                        answered.countDown();
                    }));
            await().until(() -> answered.getCount() == 0);
            TestInfrastructure.get().killPostgres();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> answers.stream().anyMatch(answer -> answer.status() == 503));
            TestInfrastructure.get().startPostgres();
        }

        assertThat(answers).hasSize(ORDERS).extracting(Answer::status).containsOnly(201, 503);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .allSatisfy(answer -> assertThat(answer.<String>get("$.code")).isEqualTo("temporarily_unavailable"));

        IntStream.range(0, ORDERS)
                .forEach(i -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> client.place(order(customer, line("LAMP", 1)), customer + i)
                                        .status()
                                == 201));
        assertThat(client.get("/api/orders?limit=100&customerId=" + customer).<Integer>get("$.items.length()"))
                .isEqualTo(ORDERS);
    }
}

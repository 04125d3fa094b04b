package dev.orderflow.order;

import static dev.orderflow.order.OrderClient.line;
import static dev.orderflow.order.OrderClient.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.eventing.test.TestInfrastructure;
import dev.orderflow.order.OrderClient.Answer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OrderServiceTest
class DatabaseOutageIT {

    private static final int CLIENTS = 6;
    private static final int BEFORE = 20;

    @Autowired
    OrderClient client;

    @Test
    void duringADatabaseOutageRequestsFailAndARepetitionPlacesOneOrder() {
        client.putProduct("LAMP", "2.55");
        var customer = "outage-" + UUID.randomUUID();
        var answers = new ConcurrentHashMap<String, Answer>();
        var enough = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            IntStream.range(0, CLIENTS)
                    .forEach(each -> threads.submit(() -> {
                        for (var number = 0; !enough.get(); number++) {
                            var key = customer + "-" + each + "-" + number;
                            answers.put(key, place(customer, key));
                        }
                    }));
            try {
                await().until(() -> answers.size() >= BEFORE);
                loseTheDatabaseUntil(() -> answers.values().stream().anyMatch(answer -> answer.status() == 503));
            } finally {
                enough.set(true);
            }
        }

        assertThat(answers.values()).extracting(Answer::status).containsOnly(201, 503);
        assertThat(answers.values())
                .filteredOn(answer -> answer.status() == 503)
                .allSatisfy(answer -> assertThat(answer.<String>get("$.code")).isEqualTo("temporarily_unavailable"));

        answers.keySet()
                .forEach(key -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> place(customer, key).status() == 201));
        assertThat(orders(customer)).isEqualTo(answers.size());
    }

    private static void loseTheDatabaseUntil(Callable<Boolean> condition) {
        TestInfrastructure.get().killPostgres();
        try {
            await().atMost(Duration.ofMinutes(1)).until(condition);
        } finally {
            TestInfrastructure.get().startPostgres();
        }
    }

    private Answer place(String customer, String key) {
        return client.place(order(customer, line("LAMP", 1)), key);
    }

    private int orders(String customer) {
        var number = 0;
        var cursor = "";
        do {
            var page = client.get("/api/orders?limit=100&customerId=" + customer + cursor);
            number += page.<Integer>get("$.items.length()");
            var next = page.<String>get("$.nextCursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return number;
    }
}

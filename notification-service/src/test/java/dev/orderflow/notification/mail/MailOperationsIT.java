package dev.orderflow.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.PublishedAnswers;
import dev.orderflow.events.customer.CustomerReference;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tests the service's REST API and metrics for operators. */
class MailOperationsIT extends MailScenario {

    private final UUID order = UUID.randomUUID();
    private final String reference = CustomerReference.random().text();

    @Autowired
    JdbcTemplate jdbc;

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @BeforeEach
    void sendAMail() {
        CUSTOMERS.knows(reference, "jo@example.com");
        publish(SampleEvents.paid(order, reference));
        awaitSettled(order, OrderStatus.PAID);
    }

    @Test
    void anOperatorSeesTheMailsOfACustomer() {
        get(port, "/api/mails?orderId=" + order)
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].status")
                .isEqualTo("PAID")
                .jsonPath("$.items[0].outcome")
                .isEqualTo("SENT")
                .jsonPath("$.items[0].recipient")
                .isEqualTo(reference);
    }

    @Test
    void aMalformedOrderIdIsAProblemOfTheRequest() {
        client(port)
                .get()
                .uri("/api/mails?orderId=4711")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("bad_request");
    }

    @Test
    void schemasOfEventsAreServed() {
        get(port, "/schemas/dev.orderflow.order.paid.v1").jsonPath("$.title").isEqualTo("OrderPaid");
    }

    @Test
    void theApiIsTheCommittedOne() {
        CommittedApi.assertUnchanged("notification-service", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void problemsAreAnsweredAsPublished() {
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", "http://127.0.0.1:" + port);
    }

    @Test
    void allEndpointsSpeakJson(@Autowired ApplicationContext context) {
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.notification");

        matrix.assertAllSayThatTheySpeakJson();
        matrix.assertNothingChangesUnlessCarriedOut(Map.of(), () -> "");
    }

    /** The plan is fixed from the first e-mail on, before there are statistics. */
    @Test
    void settledMailsAreFoundByIndexWithOnePlanForAllQuestions() {
        var prepare = "PREPARE settled AS "
                + MailRepository.SETTLED.replace(":orderIds", "$1").replace(":statuses", "$2");

        var plan = jdbc.execute((ConnectionCallback<String>) connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(prepare);
                var lines = new StringJoiner("\n");
                try (var rows = statement.executeQuery("EXPLAIN (VERBOSE) EXECUTE settled ('{}', '{}')")) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
                statement.execute("DEALLOCATE settled");
                return lines.toString();
            }
        });

        assertThat(plan)
                .contains("$1", "using mail_pkey", "using undeliverable_mail_pkey")
                .doesNotContain("Seq Scan");
    }

    @Test
    void theCircuitToTheMailServerIsInTheHealth() {
        get(managementPort, "/actuator/health")
                .jsonPath("$.components.circuitBreakers.details.smtp.details.state")
                .isEqualTo("CLOSED");
    }

    @Test
    void allThreeGuardsAreInTheMetrics() {
        var metrics = client(managementPort)
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(metrics)
                .containsPattern("resilience4j_circuitbreaker_state\\{[^}]*name=\"smtp\"")
                .containsPattern("resilience4j_bulkhead_available_concurrent_calls\\{[^}]*name=\"smtp\"")
                .containsPattern("resilience4j_timelimiter_calls_total\\{[^}]*name=\"smtp\"");
    }

    private static RestTestClient.BodyContentSpec get(int port, String path) {
        return client(port).get().uri(path).exchange().expectStatus().isOk().expectBody();
    }

    private static RestTestClient client(int port) {
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }
}

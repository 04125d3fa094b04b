package dev.orderflow.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.OperationFuzz;
import dev.orderflow.edge.test.PublishedAnswers;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Tests the HTTP endpoints of the service. */
class PointsEndpointsIT extends LoyaltyFixture {

    @Test
    void schemasOfEventsAreServed() {
        assertThat(get("/schemas/dev.orderflow.points.awarded.v1").<String>get("$.title"))
                .isEqualTo("PointsAwarded");
    }

    @Test
    void theApiIsTheCommittedOne() {
        CommittedApi.assertUnchanged("loyalty-service", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void problemsAreAnsweredAsPublished() {
        owners.add("published", "~" + UUID.randomUUID());
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", "http://127.0.0.1:" + port);
    }

    @Test
    void allEndpointsSpeakJson(@Autowired ApplicationContext context) {
        earn();
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.loyalty");
        var redemptions = URI.create("http://127.0.0.1:" + port + "/api/points/" + customer + "/redemptions");

        matrix.assertAllSayThatTheySpeakJson();
        matrix.assertNothingChangesUnlessCarriedOut(
                Map.of(
                        "POST /api/points/{customerId}/redemptions",
                        () -> new MediaTypeMatrix.Sample(redemptions, "{\"points\": 1}")),
                state());
    }

    /** A tenant over its limit must not keep others from asking order-service. */
    @Test
    void theCircuitOfOrderServiceIgnoresRefusals() {
        var config = circuitBreakers.circuitBreaker("orders").getCircuitBreakerConfig();

        assertThat(config.getIgnoreExceptionPredicate().test(Refusal.overloaded("Too many.")))
                .isTrue();
    }

    @Test
    void everyOperationAnswersWhateverItGets() {
        earn();

        new OperationFuzz(port, () -> "", state())
                .assertRobust(
                        "loyalty-service",
                        Map.of(
                                "customerId", customer,
                                "Idempotency-Key", "fuzz",
                                "type", "dev.orderflow.points.awarded.v1"));
    }

    private void earn() {
        orders.paid(order, reference, "1000000.00");
        awaitPublished(order, 1);
    }

    private Supplier<String> state() {
        return () -> jdbc.sql("SELECT concat_ws(' ', (SELECT balance FROM points_account WHERE customer = :customer),"
                        + " (SELECT count(*) FROM points_entry WHERE customer = :customer),"
                        + " (SELECT count(*) FROM redemption WHERE customer = :customer))")
                .param("customer", reference)
                .query(String.class)
                .single();
    }
}

package dev.orderflow.hub;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.edge.test.MediaTypeMatrix;
import dev.orderflow.edge.test.OperationFuzz;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Tests the HTTP endpoints of the service. */
class HubEndpointsIT extends HubFixture {

    @Test
    void theApiIsTheCommittedOne() {
        CommittedApi.assertUnchanged("event-hub", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void allEndpointsSpeakJsonOrServerSentEvents(@Autowired ApplicationContext context) {
        var matrix = new MediaTypeMatrix(context, "dev.orderflow.hub");

        matrix.assertAllSayThatTheySpeakJson("/api/stream");
        matrix.assertNothingChangesUnlessCarriedOut(Map.of(), () -> "");
    }

    @Test
    void everyOperationAnswersWhateverItGets() {
        HubTopics.send(HubRecord.of("order-events", "t.v1", "order-service", key));
        awaitStored(key, 1);

        new OperationFuzz(port, () -> "", () -> "")
                .assertRobust(
                        "event-hub",
                        Map.of(
                                "orderId", key,
                                "type", "dev.orderflow.order.placed.v1",
                                "GET /api/events from", "2026-01-01T00:00:00Z",
                                "GET /api/events to", "2099-01-01T00:00:00Z",
                                "GET /api/events path", "$.a == 1",
                                "GET /api/events cursor", "AAAAAAAAAAAAAAAAAAAAAA",
                                "GET /api/stream Last-Event-ID", "1"));
    }

    @Test
    void problemsOfTheStreamAreAnsweredAsJsonWhateverIsAccepted() {
        http().get()
                .uri("/api/stream")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", "none")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid_header");
    }
}

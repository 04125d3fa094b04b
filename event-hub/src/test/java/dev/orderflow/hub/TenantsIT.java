package dev.orderflow.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.edge.test.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tenants of a service with access tokens, whose orders have the same id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantsIT {

    private static final TokenIssuer ISSUER = TokenIssuer.shared();

    private final SeparateDatabase database = SeparateDatabase.create();
    private final String key = HubRecord.newKey();
    private final HubRecord ours = event("demo", 1);
    private final HubRecord theirs = event("other", 2);
    private RunningHub hub;

    @BeforeAll
    void start() {
        var settings = new ArrayList<>(List.of(ISSUER.properties()));
        settings.add("hub.live.tenant-clients=1");
        settings.add("hub.live.heartbeat=100ms");
        hub = RunningHub.start(database, "tenants", settings.toArray(String[]::new));
        HubTopics.send(ours, theirs);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> database.asOwner()
                                .sql("SELECT count(*) FROM event WHERE key = :key")
                                .param("key", key)
                                .query(Integer.class)
                                .single()
                        == 2);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "audit:read"})
    void aTenantsStaffSeesTheEventsOfItsOwnTenantOnly(String scope) throws Exception {
        for (var path : List.of("/api/events?key=" + key, "/api/events?limit=200", "/api/timelines/" + key)) {
            assertThat(get(path, "demo", scope)).contains(ours.id()).doesNotContain(theirs.id());
            assertThat(get(path, "other", scope)).contains(theirs.id()).doesNotContain(ours.id());
        }
        assertThat(get("/api/events?limit=200", "third", scope)).doesNotContain(ours.id(), theirs.id());
        assertThat(get("/api/timelines/" + key, "third", scope)).contains("timeline_not_found");
    }

    @Test
    void aStreamHasTheEventsOfItsTenantOnlyFromTheStoreAndLive() {
        try (var client = SseClient.open(hub.port(), "key=" + key, "0", bearer("other", "operator"))) {
            assertThat(client.next("event").data()).contains(theirs.id());
            var next = event("other", 4);

            HubTopics.send(event("demo", 3), next);

            assertThat(client.next("event").data()).contains(next.id());
        }
    }

    @Test
    void aTenantHasALimitedNumberOfStreams() {
        try (var first = SseClient.open(hub.port(), "key=" + key, null, bearer("crowd", "operator"));
                var second = SseClient.open(hub.port(), "key=" + key, null, bearer("crowd", "operator"));
                var other = SseClient.open(hub.port(), "key=" + key, null, bearer("calm", "operator"))) {
            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(other.status()).isEqualTo(200);
        }
        // The server notices with the next heartbeat that a client has left.
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (var again = SseClient.open(hub.port(), "key=" + key, null, bearer("crowd", "operator"))) {
                return again.status() == 200;
            }
        });
    }

    private HubRecord event(String tenant, long sequence) {
        return HubRecord.of("order-events", "dev.orderflow.order.placed.v2", "order-service", key)
                .sequence(sequence)
                .within(key, "request", tenant);
    }

    private static String bearer(String tenant, String scope) {
        return ISSUER.token().tenant(tenant).scopes(scope).bearer();
    }

    private String get(String path, String tenant, String scope) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + path))
                    .header("Authorization", bearer(tenant, scope))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        }
    }
}

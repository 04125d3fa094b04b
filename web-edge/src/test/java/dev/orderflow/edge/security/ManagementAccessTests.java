package dev.orderflow.edge.security;

import static dev.orderflow.edge.security.AccessTests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.TokenIssuer;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementAccessTests {

    private final TokenIssuer issuer = TokenIssuer.shared();
    private SecuredServer server;

    @BeforeAll
    void start() {
        server = SecuredServer.of(issuer, "edge.security.any-address=true");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void probesNeedNoToken(String path) {
        assertThat(server.manage(path).statusCode()).isEqualTo(200);
    }

    /** Liveness can name the threads of a service, so it is not for the public port. */
    @Test
    void onlyReadinessIsAlsoOnThePublicPort() {
        assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
        assertProblem(server.get("/livez"), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/health", "/actuator", "/actuator/metrics"})
    void everythingElseIsForOperators(String path) {
        assertProblem(server.manage(path), 401, "unauthenticated");
        assertProblem(manage(path, "orders:read orders:write audit:read"), 403, "insufficient_scope");
        assertThat(manage(path, "operator").statusCode()).isEqualTo(200);
    }

    @Test
    void theAuditIsAlsoForAuditors() {
        assertProblem(server.manage("/admin/audit"), 401, "unauthenticated");
        assertProblem(manage("/admin/audit", "orders:read"), 403, "insufficient_scope");
        // This service has no audit.
        assertThat(manage("/admin/audit", "audit:read").statusCode()).isEqualTo(404);
        assertThat(manage("/admin/audit/check", "audit:read").statusCode()).isEqualTo(404);
        assertProblem(manage("/admin/outbox", "audit:read"), 403, "insufficient_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/admin/audit", "/admin/outbox"})
    void anotherTenantsStaffSeesNothing(String path) {
        var other = issuer.token().tenant("other").scopes("operator audit:read");

        assertProblem(server.manage(path, "Authorization", other.bearer()), 403, "forbidden_tenant");
    }

    @Test
    void withoutASettingStaffIsOfTheTenantPlatform() {
        try (var plain = SecuredServer.start(Stream.of(issuer.properties())
                .filter(property -> !property.contains("platform-tenant"))
                .toArray(String[]::new))) {
            var token = issuer.token().scopes("operator");

            assertThat(plain.manage("/actuator/env", "Authorization", token.bearer())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(plain.manage(
                                    "/actuator/env",
                                    "Authorization",
                                    token.tenant("platform").bearer())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void metricsAreForOperatorsUnlessTheyAreOpen() {
        assertProblem(server.manage("/actuator/prometheus"), 401, "unauthenticated");
        try (var open = SecuredServer.of(issuer, "edge.security.open-metrics=true")) {
            assertThat(open.manage("/actuator/prometheus").statusCode()).isEqualTo(404);
            assertProblem(open.manage("/actuator/env"), 401, "unauthenticated");
        }
    }

    private HttpResponse<String> manage(String path, String scopes) {
        return server.manage(
                path, "Authorization", issuer.token().scopes(scopes).bearer());
    }
}

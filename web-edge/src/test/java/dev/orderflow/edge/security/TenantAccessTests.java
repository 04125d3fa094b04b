package dev.orderflow.edge.security;

import static dev.orderflow.edge.security.AccessTests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import dev.orderflow.edge.test.TestToken;
import dev.orderflow.edge.test.TokenIssuer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Limits and switches of tenants, over HTTP and for calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantAccessTests {

    private final TokenIssuer issuer = TokenIssuer.shared();
    private SecuredServer server;

    @BeforeAll
    void start() {
        server = SecuredServer.of(
                issuer,
                "edge.tenants.named[0].name=off",
                "edge.tenants.named[0].enabled=false",
                "edge.tenants.named[1].name=slow",
                "edge.tenants.named[1].requests-per-second=1",
                "edge.tenants.named[2].name=slow-calls",
                "edge.tenants.named[2].requests-per-second=1");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aTenantThatIsSwitchedOffReadsAndChangesNothing() {
        var off = token("off");

        assertThat(get(off).body()).startsWith("customer-1 of off");
        assertThat(server.get("/asyncapi", "Authorization", off.bearer()).statusCode())
                .as("a public document, of which this service has none")
                .isEqualTo(404);
        assertProblem(post(off), 403, "tenant_switched_off");
        assertThat(post(token("on")).statusCode()).isEqualTo(200);
    }

    @Test
    void aTenantOverItsRateIsRefusedAndOthersAreNot() {
        var refused = IntStream.range(0, 1_000)
                .mapToObj(request -> get(token("slow")))
                .filter(answer -> answer.statusCode() != 200)
                .findFirst()
                .orElseThrow();

        assertProblem(refused, 429, "overloaded");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(get(token("quick")).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyThePlatformChangesWhatTenantsShare() {
        assertThat(put(token("demo")).statusCode()).isEqualTo(200);
        assertProblem(put(token("other")), 403, "forbidden_tenant");
        assertProblem(put(token("other").scopes("orders:read")), 403, "insufficient_scope");
    }

    @Test
    void callsHaveTheSameLimits() {
        var rules = AccessRules.builder()
                .call("orders/Place", "things:write")
                .readingCall("orders/Get", "things:write")
                .build();
        var access = new AccessControl(
                rules, server.context().getBean(AccessControl.class).tokens(), "demo", limits());

        assertThat(access.admit(authorization("off"), "orders/Get").tenant()).isEqualTo("off");
        assertRefused(access, "off", "orders/Place", "tenant_switched_off");
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> IntStream.range(0, 1_000)
                        .forEach(call -> access.admit(authorization("slow-calls"), "orders/Get")))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("overloaded"));
    }

    private void assertRefused(AccessControl access, String tenant, String method, String code) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> access.admit(authorization(tenant), method))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private List<String> authorization(String tenant) {
        return List.of(token(tenant).bearer());
    }

    private TenantLimits limits() {
        return server.context().getBean(TenantLimits.class);
    }

    private TestToken token(String tenant) {
        return issuer.token().tenant(tenant).scopes("things:write");
    }

    private HttpResponse<String> get(TestToken token) {
        return server.get("/api/me", "Authorization", token.bearer());
    }

    private HttpResponse<String> post(TestToken token) {
        return server.post("/api/things", "{}", "Content-Type", "application/json", "Authorization", token.bearer());
    }

    private HttpResponse<String> put(TestToken token) {
        return server.put("/api/things", "{}", "Content-Type", "application/json", "Authorization", token.bearer());
    }
}

package dev.orderflow.edge.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.RawClient;
import dev.orderflow.edge.test.TestToken;
import dev.orderflow.edge.test.TokenIssuer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Date;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTests {

    private final TokenIssuer issuer = TokenIssuer.start();
    private final TokenIssuer other = TokenIssuer.start();
    private SecuredServer server;

    @BeforeAll
    void start() {
        server = SecuredServer.of(issuer, "edge.security.hosts=orders.example.com,*.svc.cluster.local");
    }

    @AfterAll
    void stop() {
        server.close();
        issuer.close();
        other.close();
    }

    @Test
    void theTokenNamesTheCallerAndTheTenantOfItsEvents() {
        assertThat(get("/api/me", issuer.token().bearer()).body())
                .isEqualTo("customer-1 of demo, events of demo, audited as customer-1");
        assertThat(get("/api/me", issuer.token().tenant("other").type("JWT").bearer())
                        .body())
                .isEqualTo("customer-1 of other, events of other, audited as customer-1");
    }

    @Test
    void whoHasNoTokenIsAskedForOne() {
        var answer = server.get("/api/me");

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void basicCredentialsAreNoToken() {
        assertProblem(get("/api/me", "Basic dXNlcjpwYXNzd29yZA=="), 401, "unauthenticated");
    }

    @Test
    void aTokenAsParameterIsIgnored() {
        assertProblem(server.get("/api/me?access_token=" + issuer.token().signed()), 401, "unauthenticated");
        var form = server.post(
                "/api/things",
                "access_token=" + issuer.token().scopes("things:write").signed(),
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertProblem(form, 401, "unauthenticated");
    }

    static Stream<Arguments> invalidTokens() {
        return Stream.of(
                invalid(
                        "expired",
                        token -> token.expiringIn(Duration.ofSeconds(-31)).signed()),
                invalid(
                        "valid for too long",
                        token -> token.expiringIn(Duration.ofHours(1)).signed()),
                invalid("without expiry", token -> token.claim("exp", null).signed()),
                invalid(
                        "not valid yet",
                        token -> token.claim("nbf", new Date(4102444800000L)).signed()),
                invalid(
                        "of another issuer's name",
                        token -> token.claim("iss", "https://example.com").signed()),
                invalid(
                        "for another audience",
                        token -> token.claim("aud", "other").signed()),
                invalid("without audience", token -> token.claim("aud", null).signed()),
                invalid("without tenant", token -> token.claim("tenant", null).signed()),
                invalid(
                        "of a malformed tenant",
                        token -> token.tenant("../demo").signed()),
                invalid(
                        "of a long tenant",
                        token -> token.tenant("t".repeat(65)).signed()),
                invalid(
                        "of a tenant that is no text",
                        token -> token.claim("tenant", 7).signed()),
                invalid("without subject", token -> token.claim("sub", null).signed()),
                invalid("of a malformed subject", token -> token.subject("a\nb").signed()),
                invalid("of another type", token -> token.type("logout+jwt").signed()),
                invalid("with an unknown key", token -> token.kid("unknown").signed()),
                invalid("unsigned", TestToken::unsigned),
                invalid("signed with the public key", TestToken::signedWithPublicKey),
                invalid("tampered", TestToken::tampered),
                invalid(
                        "too long",
                        token -> token.claim("more", "x".repeat(4000)).signed()),
                invalid("not a token", token -> "abc"),
                invalid("malformed", token -> "a b"));
    }

    private static Arguments invalid(String name, Function<TestToken, String> token) {
        return Arguments.of(name, token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidTokens")
    void aTokenIsRefused(String name, Function<TestToken, String> token) {
        var answer = get("/api/me", "Bearer " + token.apply(issuer.token()));

        assertProblem(answer, 401, "unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .get()
                .asString()
                .startsWith("Bearer error=\"invalid_token\", error_description=\"");
    }

    @Test
    void aTokenOfAnotherIssuerWithItsOwnKeyIsRefused() {
        var forged = other.token().claim("iss", issuer.uri());

        assertProblem(get("/api/me", forged.bearer()), 401, "unauthenticated");
    }

    @Test
    void clocksMayDifferAByHalfAMinute() {
        assertThat(server.statusFor(
                        issuer.token().expiringIn(Duration.ofSeconds(-20)).signed()))
                .isEqualTo(200);
    }

    @Test
    void twoTokensAreRefused() {
        var token = issuer.token().bearer();

        assertProblem(server.get("/api/me", "Authorization", token, "Authorization", token), 401, "unauthenticated");
    }

    @Test
    void anOperationNeedsOneOfItsScopes() {
        var without = post(issuer.token().bearer());
        assertProblem(without, 403, "insufficient_scope");
        assertThat(without.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer error=\"insufficient_scope\", scope=\"things:admin things:write\"");

        assertThat(post(issuer.token().scopes("other things:write").bearer()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/undeclared", "/api/nothing", "/api/me/", "/", "/api/ME"})
    void whatIsNotDeclaredIsClosed(String path) {
        assertProblem(server.get(path), 401, "unauthenticated");
        assertProblem(get(path, issuer.token().scopes("things:write operator").bearer()), 403, "forbidden");
    }

    @Test
    void otherOriginsAreNotAllowed() {
        var answer = server.get(
                "/api/me",
                "Origin",
                "https://evil.example",
                "Authorization",
                issuer.token().bearer());

        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void answersAreKeptByTheirReaders() {
        var headers = get("/api/me", issuer.token().bearer()).headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.allValues("Cache-Control")).containsExactly("no-store");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'");
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1:80", "[::1]", "sample", "orders.example.com:8081", "a.svc.cluster.local"
            })
    void itAnswersToItsNames(String host) throws Exception {
        assertThat(raw(host)).startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "10.0.0.7", "localhost.evil.example", "svc.cluster.local", "example.com"})
    void itDoesNotAnswerToOtherNames(String host) throws Exception {
        assertThat(raw(host)).startsWith("HTTP/1.1 421").contains("\"code\":\"unknown_host\"");
    }

    private String raw(String host) throws Exception {
        try (var client = RawClient.connect(server.port())) {
            client.send("GET /api/me HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            return client.rest();
        }
    }

    private HttpResponse<String> post(String authorization) {
        return server.post("/api/things", "{}", "Content-Type", "application/json", "Authorization", authorization);
    }

    private HttpResponse<String> get(String path, String authorization) {
        return server.get(path, "Authorization", authorization);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status, "\"type\":\"about:blank\"");
    }
}

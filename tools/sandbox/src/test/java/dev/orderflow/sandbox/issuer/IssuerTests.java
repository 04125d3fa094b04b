package dev.orderflow.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.orderflow.sandbox.Sandbox;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** Tests the issuer over HTTP. One sandbox serves all tests, since none changes it. */
@ExtendWith(OutputCaptureExtension.class)
class IssuerTests {

    private static final String GRANT = "grant_type=client_credentials";

    private static Sandbox sandbox;
    private static TokenClient issuer;

    @BeforeAll
    static void start(@TempDir Path data) {
        sandbox = Sandbox.start(data);
        issuer = new TokenClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "customer, customer-1, demo, orders:read orders:write",
        "customer2, customer-2, demo, orders:read orders:write",
        "stranger, customer-3, other, orders:read orders:write",
        "shop, shop, demo, orders:read orders:write orders:tenant",
        "merchandiser, merchandiser, demo, catalog:write stock:write promotions:write",
        "operator, operator, demo, operator orders:read orders:tenant customers:erase",
        "auditor, auditor, demo, audit:read",
        "notification, notification, demo, addresses:read"
    })
    void eachRoleGetsATokenThatThePublishedKeysVerify(String role, String subject, String tenant, String scopes)
            throws Exception {
        var granted = issuer.granted(role);
        var token = SignedJWT.parse(granted.path("access_token").asString());

        assertThat(isSignedBy(issuer.publishedKeys(), token)).isTrue();
        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.getHeader().getType().getType()).isEqualTo("at+jwt");
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("http://localhost:8090");
        assertThat(claims.getAudience()).containsExactly("orderflow");
        assertThat(claims.getSubject()).isEqualTo(subject);
        assertThat(claims.getStringClaim("tenant")).isEqualTo(tenant);
        assertThat(claims.getStringClaim("scope")).isEqualTo(scopes);
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(granted.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(granted.path("expires_in").asInt()).isBetween(800, 900);
    }

    @Test
    void aTokenMayHaveFewerScopes() throws Exception {
        var response = issuer.request("shop", "shop-secret", GRANT + "&scope=orders%3Aread");

        var token = SignedJWT.parse(JsonMapper.shared()
                .readTree(response.body())
                .path("access_token")
                .asString());
        assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("orders:read");
    }

    @ParameterizedTest
    @CsvSource({
        "shop, wrong, grant_type=client_credentials, 401, invalid_client",
        "nobody, nobody-secret, grant_type=client_credentials, 401, invalid_client",
        "shop, shop-secret, grant_type=client_credentials&scope=operator, 400, invalid_scope",
        "shop, shop-secret, grant_type=password&username=shop&password=shop-secret, 400, unsupported_grant_type",
        "shop, shop-secret, grant_type=authorization_code&code=1, 400, invalid_grant",
        "shop, shop-secret, grant_type=refresh_token&refresh_token=1, 400, unsupported_grant_type",
        "shop, shop-secret, scope=orders:read, 400, invalid_request",
        "shop, shop-secret, grant_type=client_credentials&grant_type=client_credentials, 400, invalid_request"
    })
    void whatIsNotGrantedIsRefused(String client, String secret, String form, int status, String error) {
        var response = issuer.request(client, secret, form);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"error\":\"" + error + "\"").doesNotContain("access_token");
    }

    @Test
    void aSecretIsReadFromTheHeaderOnly() {
        var secret = "&client_id=shop&client_secret=shop-secret";

        assertThat(issuer.requestWithoutSecret(GRANT).statusCode()).isEqualTo(401);
        assertThat(issuer.requestWithoutSecret(GRANT + secret).statusCode()).isEqualTo(401);
        assertThat(issuer.get("/oauth2/token?" + GRANT + secret).statusCode()).isEqualTo(401);
    }

    @Test
    void formsAreBounded() {
        assertThat(issuer.request("shop", "shop-secret", GRANT + "&x=" + "x".repeat(10_000))
                        .statusCode())
                .isEqualTo(413);
        assertThat(issuer.request("shop", "shop-secret", GRANT + "&x=%zz").body())
                .contains("malformed_form");
        assertThat(TokenClient.send(issuer.post("{}").setHeader("Content-Type", "application/json"))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void tooManyRequestsAtOnceAreEachAnsweredOrRefused() {
        var statuses = IntStream.range(0, 300)
                .parallel()
                .map(each -> issuer.request("shop", "shop-secret", GRANT).statusCode())
                .boxed()
                .toList();

        assertThat(statuses).containsAnyOf(200).isSubsetOf(200, 429);
    }

    @Test
    void theMetadataNameOnlyWhatIsServed() {
        for (var path : new String[] {"openid-configuration", "oauth-authorization-server"}) {
            var metadata = JsonMapper.shared()
                    .readTree(issuer.get("/.well-known/" + path).body());

            assertThat(metadata.path("issuer").asString()).isEqualTo("http://localhost:8090");
            assertThat(metadata.path("jwks_uri").asString()).isEqualTo("http://localhost:8090/oauth2/jwks");
            assertThat(metadata.path("token_endpoint").asString()).isEqualTo("http://localhost:8090/oauth2/token");
            assertThat(metadata.path("grant_types_supported").toString()).isEqualTo("[\"client_credentials\"]");
            assertThat(metadata.has("introspection_endpoint")).isFalse();
        }
    }

    @Test
    void thePublishedKeysAreNotSecret() {
        assertThat(issuer.publishedKeys().getKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.isPrivate()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/authorize",
                "/oauth2/consent",
                "/oauth2/introspect",
                "/oauth2/revoke",
                "/connect/register",
                "/userinfo",
                "/login",
                "/logout"
            })
    void nothingElseIsServed(String path) {
        assertThat(issuer.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void theManagementPortIssuesNoTokens() {
        var port = sandbox.context().getEnvironment().getRequiredProperty("local.management.port");

        assertThat(new TokenClient("http://127.0.0.1:" + port)
                        .request("shop", "shop-secret", GRANT)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void otherEndpointsKnowNothingOfTheIssuer() {
        var response = TokenClient.send(HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/payments"))
                .header("Authorization", "Bearer nonsense"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map()).doesNotContainKeys("x-frame-options", "set-cookie", "cache-control");
    }

    @Test
    void tokensAndKeysAreNotLogged(CapturedOutput output) {
        var token = issuer.granted("operator").path("access_token").asString();

        assertThat(output.getAll()).doesNotContain(token).doesNotContain("PRIVATE KEY");
    }

    static boolean isSignedBy(JWKSet keys, SignedJWT token) throws JOSEException, ParseException {
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
        return key != null && token.verify(new RSASSAVerifier(key.toRSAKey()));
    }
}

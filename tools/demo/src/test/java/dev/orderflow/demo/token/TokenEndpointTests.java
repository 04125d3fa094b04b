package dev.orderflow.demo.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTests {

    private final IssuerDouble issuer = new IssuerDouble();
    private final TokenEndpoint endpoint = new TokenEndpoint(issuer.uri());

    @AfterEach
    void end() {
        issuer.close();
    }

    @Test
    void aRoleAuthenticatesWithItsSecret() {
        var grant = endpoint.grant(Role.AUDITOR);

        assertThat(grant.token()).isEqualTo("secret.token");
        assertThat(grant.lifetime()).isEqualTo(Duration.ofSeconds(899));
        assertThat(issuer.requests)
                .containsExactly("Basic "
                        + Base64.getEncoder().encodeToString("auditor:auditor-secret".getBytes(US_ASCII))
                        + " grant_type=client_credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"access_token\":\"secret",
                "{\"access_token\":\"secret\"}",
                "{\"access_token\":\"secret\",\"expires_in\":0}",
                "{\"access_token\":\"secret\",\"expires_in\":-5}",
                "{\"access_token\":\"a\\r\\nb\",\"expires_in\":900}",
                "{\"access_token\":\"\",\"expires_in\":900}"
            })
    void aResponseWithoutUsableTokenIsReportedWithoutItsContent(String body) {
        issuer.body = body;

        assertThatExceptionOfType(IssuerAwayException.class)
                .isThrownBy(() -> endpoint.token(Role.SHOP))
                .withMessageStartingWith("no access token from " + issuer.uri() + ": its response")
                .satisfies(e -> assertThat(e).hasNoCause().message().doesNotContain("secret"));
    }

    @Test
    void aRefusalIsReported() {
        issuer.status = 401;

        assertThatExceptionOfType(IssuerAwayException.class)
                .isThrownBy(() -> endpoint.token(Role.SHOP))
                .withMessageEndingWith("it answered 401");
    }

    @Test
    void anEndlessResponseIsNotRead() {
        issuer.body = "x".repeat(100_000);

        assertThatExceptionOfType(IssuerAwayException.class).isThrownBy(() -> endpoint.token(Role.SHOP));
    }

    @Test
    void anIssuerThatIsAwayIsReported() {
        assertThatExceptionOfType(IssuerAwayException.class)
                .isThrownBy(() -> new TokenEndpoint(URI.create("http://127.0.0.1:1")).token(Role.SHOP))
                .withMessage("no access token from http://127.0.0.1:1: it does not respond");
    }
}

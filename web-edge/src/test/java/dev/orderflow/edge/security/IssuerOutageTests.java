package dev.orderflow.edge.security;

import static dev.orderflow.edge.security.AccessTests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.TokenIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuerOutageTests {

    private final TokenIssuer issuer = TokenIssuer.start();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aServiceStartsWithoutItsIssuerAndWorksWhenItIsBack() {
        issuer.goAway();
        try (var server = SecuredServer.of(issuer)) {
            var token = issuer.token();

            var answer = server.get("/api/me", "Authorization", token.bearer());
            assertProblem(answer, 503, "issuer_unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(server.get("/api/me").statusCode()).isEqualTo(401);

            issuer.comeBack();
            assertThat(server.statusFor(token.signed())).isEqualTo(200);
        }
    }

    @Test
    void knownKeysVerifyTokensWhileTheIssuerIsAway() {
        try (var server = SecuredServer.of(issuer, "edge.security.verified-tokens=0")) {
            assertThat(server.statusFor(issuer.token().signed())).isEqualTo(200);

            issuer.goAway();

            assertThat(server.statusFor(issuer.token().subject("customer-2").signed()))
                    .isEqualTo(200);
            assertThat(server.statusFor(issuer.token().kid("unknown").signed())).isEqualTo(503);
            assertThat(server.statusFor(issuer.token().tampered())).isEqualTo(401);
        }
    }

    @Test
    void aNewKeyNeedsNoRestart() {
        try (var server = SecuredServer.of(issuer)) {
            var before = issuer.token().signed();
            assertThat(server.statusFor(before)).isEqualTo(200);

            issuer.rotate();

            assertThat(server.statusFor(issuer.token().signed())).isEqualTo(200);
            assertThat(issuer.fetches()).isEqualTo(2);
        }
    }

    @Test
    void inventedKeysDoNotFloodTheIssuer() {
        try (var server = SecuredServer.of(issuer)) {
            var begin = System.nanoTime();
            for (var i = 0; i < 50; i++) {
                assertThat(server.statusFor(issuer.token().kid("invented-" + i).signed()))
                        .isEqualTo(401);
            }
            var intervals = (System.nanoTime() - begin) / IssuerKeys.INTERVAL.toNanos() + 1;
            assertThat(issuer.fetches()).isBetween(IssuerKeys.BURST, IssuerKeys.BURST + (int) intervals);
            assertThat(server.statusFor(issuer.token().signed())).isEqualTo(200);
        }
    }

    @Test
    void theKeySetIsFoundByTheIssuersMetadata() {
        try (var server = SecuredServer.start("spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.uri())) {
            assertThat(server.statusFor(issuer.token().signed())).isEqualTo(200);
        }
    }
}

package dev.orderflow.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class AccessTokensTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicInteger decoded = new AtomicInteger();
    private Instant now = START;
    private boolean refused;
    private Map<String, Object> further = Map.of();
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final AccessTokens tokens = new AccessTokens(this::decode, Duration.ofSeconds(30), 2, clock);

    private Jwt decode(String token) {
        decoded.incrementAndGet();
        if (refused) {
            throw new BadJwtException("no");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject(token)
                .claim("tenant", "demo")
                .claim("scope", "a b")
                .claims(all -> all.putAll(further))
                .expiresAt(START.plusSeconds(token.equals("short") ? 10 : 600))
                .build();
    }

    @Test
    void aTokenIsVerifiedOnceAMinute() {
        assertThat(tokens.verify("one").caller().scopes()).containsExactlyInAnyOrder("a", "b");
        tokens.verify("one");
        assertThat(decoded).hasValue(1);

        now = START.plusSeconds(60);
        refused = true;

        assertThatThrownBy(() -> tokens.verify("one")).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void aTokenIsNotRememberedBeyondItsExpiry() {
        tokens.verify("short");
        now = START.plusSeconds(40);
        refused = true;

        assertThatThrownBy(() -> tokens.verify("short")).isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void aBoundedNumberIsRemembered() {
        tokens.verify("one");
        tokens.verify("two");
        tokens.verify("one");
        tokens.verify("three");
        tokens.verify("one");
        assertThat(decoded).hasValue(3);

        tokens.verify("two");
        assertThat(decoded).hasValue(4);
    }

    @Test
    void refusedTokensAreNotRemembered() {
        refused = true;
        assertThatThrownBy(() -> tokens.verify("one")).isInstanceOf(InvalidBearerTokenException.class);
        refused = false;

        assertThat(tokens.verify("one").getName()).isEqualTo("one");
    }

    @Test
    void anAddressCountsIfTheIssuerHasVerifiedIt() {
        assertThat(addressOf(Map.of("email", "jo@example.com", "email_verified", true)))
                .isEqualTo("jo@example.com");

        assertThat(addressOf(Map.of())).isNull();
        assertThat(addressOf(Map.of("email", "jo@example.com"))).isNull();
        assertThat(addressOf(Map.of("email", "jo@example.com", "email_verified", false)))
                .isNull();
        assertThat(addressOf(Map.of("email", "jo@example.com", "email_verified", "true")))
                .isNull();
        assertThat(addressOf(Map.of("email", "jo@a.example\r\nBcc: x@b.example", "email_verified", true)))
                .isNull();
        assertThat(addressOf(Map.of("email", "x".repeat(65) + "@example.com", "email_verified", true)))
                .isNull();
        assertThat(addressOf(Map.of("email", List.of("jo@example.com"), "email_verified", true)))
                .isNull();
    }

    private @Nullable String addressOf(Map<String, Object> claims) {
        further = claims;
        return tokens.verify(claims.toString()).caller().address();
    }
}

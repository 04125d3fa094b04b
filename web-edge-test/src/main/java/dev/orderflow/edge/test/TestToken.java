package dev.orderflow.edge.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** An access token in the making: each method returns a changed one, the last ones its text. */
public final class TestToken {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final String AUDIENCE = "orderflow";

    private final RSAKey key;
    private final String kid;
    private final JWTClaimsSet claims;
    private final JOSEObjectType type;

    private TestToken(RSAKey key, String kid, JWTClaimsSet claims, JOSEObjectType type) {
        this.key = key;
        this.kid = kid;
        this.claims = claims;
        this.type = type;
    }

    static TestToken of(TokenIssuer issuer) {
        var now = CLOCK.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer.uri())
                .audience(AUDIENCE)
                .subject("customer-1")
                .claim("tenant", "demo")
                .claim("scope", "orders:read orders:write")
                .issueTime(Date.from(now.minus(Duration.ofMinutes(2))))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))))
                .build();
        var key = issuer.key();
        return new TestToken(key, key.getKeyID(), claims, new JOSEObjectType("at+jwt"));
    }

    public TestToken subject(String subject) {
        return claim("sub", subject);
    }

    public TestToken tenant(String tenant) {
        return claim("tenant", tenant);
    }

    /** @param scopes separated by blanks */
    public TestToken scopes(String scopes) {
        return claim("scope", scopes);
    }

    public TestToken expiringIn(Duration time) {
        return expiringAt(CLOCK.instant().plus(time));
    }

    public TestToken expiringAt(Instant time) {
        return claim("exp", Date.from(time));
    }

    /** @param value null to leave the claim out */
    public TestToken claim(String name, Object value) {
        return new TestToken(
                key, kid, new JWTClaimsSet.Builder(claims).claim(name, value).build(), type);
    }

    public TestToken type(String other) {
        return new TestToken(key, kid, claims, new JOSEObjectType(other));
    }

    /** Names another key than the one that signs. */
    public TestToken kid(String other) {
        return new TestToken(key, other, claims, type);
    }

    /** Returns the token, signed with RS256. */
    public String signed() {
        try {
            var token = new SignedJWT(header(JWSAlgorithm.RS256), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the value of the header {@code Authorization}. */
    public String bearer() {
        return "Bearer " + signed();
    }

    /** Returns a token without a signature, {@code alg: none}. */
    public String unsigned() {
        return new PlainJWT(claims).serialize();
    }

    /** Returns a token signed with HS256, whose secret is the issuer's public key. */
    public String signedWithPublicKey() {
        try {
            var token = new SignedJWT(header(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a signed token whose claims were changed afterwards. */
    public String tampered() {
        var parts = signed().split("\\.");
        var other = Base64URL.encode(claim("sub", "somebody-else").claims.toString());
        return parts[0] + "." + other + "." + parts[2];
    }

    private JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(kid).type(type).build();
    }
}

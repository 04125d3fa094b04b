package dev.orderflow.edge.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Verifies access tokens, and remembers a bounded number of them for a minute, by their text. A client sends the same
 * token with many requests, and each verification of its signature costs about as much as reading an order.
 * <p>
 * A remembered token is forgotten when it expires. Its signature is verified again after a minute, with the keys that
 * {@link IssuerKeys} knows then.
 */
final class AccessTokens {

    /** Longest token in characters: what this service's issuer puts into one needs less than 1,000. */
    static final int LONGEST = 4096;

    /** Bounds of an e-mail address; the service that sends e-mail is stricter. */
    private static final Pattern ADDRESS = Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,189}");

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final JwtDecoder decoder;
    private final Duration skew;
    private final Clock clock;
    private final int capacity;
    private final Map<String, Verified> verified = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > capacity;
        }
    };

    AccessTokens(JwtDecoder decoder, Duration skew, int capacity, Clock clock) {
        this.decoder = decoder;
        this.skew = skew;
        this.capacity = capacity;
        this.clock = clock;
    }

    /** @param end time from which the token must be verified again */
    private record Verified(CallerAuthentication authentication, Instant end) {}

    /**
     * Verifies a token.
     *
     * @throws InvalidBearerTokenException if it is not valid
     * @throws AuthenticationServiceException if that cannot be known, because the issuer's keys cannot be fetched
     */
    CallerAuthentication verify(String token) {
        var now = clock.instant();
        var known = find(token, now);
        if (known != null) {
            return known.authentication();
        }
        var fresh = verified(decode(token), now);
        if (capacity > 0) {
            synchronized (verified) {
                verified.put(token, fresh);
            }
        }
        return fresh.authentication();
    }

    private @Nullable Verified find(String token, Instant now) {
        synchronized (verified) {
            var known = verified.get(token);
            if (known != null && !now.isBefore(known.end())) {
                verified.remove(token);
                return null;
            }
            return known;
        }
    }

    private Jwt decode(String token) {
        if (token.length() > LONGEST) {
            throw new InvalidBearerTokenException("The token is too long.");
        }
        try {
            return decoder.decode(token);
        } catch (JwtValidationException e) {
            throw new InvalidBearerTokenException(description(e), e);
        } catch (BadJwtException e) {
            throw new InvalidBearerTokenException("The token is not one of the expected issuer.", e);
        } catch (JwtException e) {
            throw new AuthenticationServiceException("The token cannot be verified.", e);
        }
    }

    /** Returns a reason that is safe to show: the validators' descriptions repeat claims of a token of the right issuer. */
    private static String description(JwtValidationException failure) {
        return failure.getErrors().stream()
                .map(error -> String.valueOf(error.getDescription()))
                .filter(text -> text.matches("[A-Za-z0-9 .,:'-]{1,100}"))
                .findFirst()
                .orElse("The token is not valid here.");
    }

    private Verified verified(Jwt token, Instant now) {
        var caller = new Caller(
                token.getClaimAsString(TokenRules.TENANT), token.getSubject(), scopes(token), address(token));
        var expiry = Objects.requireNonNull(token.getExpiresAt()).plus(skew);
        var forgotten = now.plus(REMEMBERED);
        return new Verified(new CallerAuthentication(token, caller), expiry.isBefore(forgotten) ? expiry : forgotten);
    }

    /** Returns the scopes, which are one text by RFC 9068, and a list with some issuers. */
    private static Set<String> scopes(Jwt token) {
        var claim = token.getClaims().get("scope");
        var names = claim instanceof String text
                ? Arrays.stream(text.split(" "))
                : claim instanceof Iterable<?>
                        ? token.getClaimAsStringList("scope").stream()
                        : Arrays.stream(new String[0]);
        return names.filter(name -> !name.isBlank()).collect(Collectors.toSet());
    }

    /** Returns the e-mail address if the issuer says that it is the subject's, by OpenID Connect's standard claims. */
    private static @Nullable String address(Jwt token) {
        var claims = token.getClaims();
        return Boolean.TRUE.equals(claims.get("email_verified"))
                        && claims.get("email") instanceof String address
                        && ADDRESS.matcher(address).matches()
                ? address
                : null;
    }
}

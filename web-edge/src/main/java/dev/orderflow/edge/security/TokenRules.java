package dev.orderflow.edge.security;

import dev.orderflow.edge.tenant.TenantLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** Validates the claims of a token whose signature is right, beside its issuer and its times. */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    static final String TENANT = "tenant";

    private static final Pattern TENANT_ID = Pattern.compile(TenantLimits.NAME);

    /** Subjects become customers' ids, which have these bounds. */
    private static final Pattern SUBJECT = Pattern.compile("\\P{C}{1,100}");

    private final List<String> audiences;
    private final Duration longestValidity;
    private final Clock clock;

    /** @param longestValidity longest time that a token may remain valid, including the tolerated skew */
    TokenRules(List<String> audiences, Duration longestValidity, Clock clock) {
        this.audiences = List.copyOf(audiences);
        this.longestValidity = longestValidity;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        var audience = token.getAudience();
        if (audience == null || audience.stream().noneMatch(audiences::contains)) {
            return failure("The token is for another audience.");
        }
        var expiry = token.getExpiresAt();
        if (expiry == null || expiry.isAfter(clock.instant().plus(longestValidity))) {
            return failure("The token is valid for too long.");
        }
        if (!(token.getClaims().get(TENANT) instanceof String tenant)
                || !TENANT_ID.matcher(tenant).matches()) {
            return failure("The token names no valid tenant.");
        }
        var subject = token.getSubject();
        return subject != null && !subject.isBlank() && SUBJECT.matcher(subject).matches()
                ? OAuth2TokenValidatorResult.success()
                : failure("The token names no valid subject.");
    }

    private static OAuth2TokenValidatorResult failure(String description) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, description, null));
    }
}

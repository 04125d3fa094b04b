package dev.orderflow.edge.security;

import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.tenant.TenantLimits;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Identifies callers by their access tokens. While {@code edge.security.enabled} is false, everybody may do everything, as
 * the only tenant.
 */
public final class AccessControl {

    static final String NO_TOKEN = "An access token is needed: Authorization: Bearer TOKEN.";
    static final String INVALID_TOKEN = "The access token is not valid; WWW-Authenticate says why.";
    static final String NOT_PERMITTED = "The access token does not permit this operation.";
    static final String NOT_DECLARED = "This operation is closed.";
    static final String NOT_OF_PLATFORM = "Only the platform's staff may use this operation.";
    static final String ISSUER_AWAY =
            "The access token cannot be checked at the moment, as its issuer is away. Try again.";

    private final AccessRules rules;
    private final @Nullable AccessTokens tokens;
    private final String platform;
    private final TenantLimits limits;

    /**
     * @param tokens   null without security
     * @param platform tenant of the platform's staff and services
     */
    AccessControl(AccessRules rules, @Nullable AccessTokens tokens, String platform, TenantLimits limits) {
        this.rules = rules;
        this.tokens = tokens;
        this.platform = platform;
        this.limits = limits;
    }

    /** Returns whether requests need access tokens. */
    public boolean isOn() {
        return tokens != null;
    }

    /**
     * Returns the caller whose request this thread carries out.
     *
     * @throws IllegalStateException if the thread carries out no request of a known caller
     */
    public Caller caller() {
        if (!isOn()) {
            return Caller.ANYBODY;
        }
        var caller = Caller.current();
        if (caller == null) {
            throw new IllegalStateException("this thread carries out no request of a known caller");
        }
        return caller;
    }

    /** Returns the time at which the access token of this thread's request expires; null without one. */
    public @Nullable Instant expiry() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof CallerAuthentication verified
                ? verified.getToken().getExpiresAt()
                : null;
    }

    /** Returns whether the caller is of the platform's staff or services, whose scopes span tenants. */
    boolean isOfPlatform(Caller caller) {
        return caller.tenant().equals(platform);
    }

    /**
     * Identifies the caller of a method over gRPC.
     *
     * @param authorization values of the metadata {@code authorization}
     * @param method        full name of the method
     * @throws Refusal if the token is missing, invalid or does not permit the call, or cannot be checked, and by the
     *                 tenant's limits
     */
    public Caller admit(List<String> authorization, String method) {
        if (!isOn()) {
            return Caller.ANYBODY;
        }
        var caller = identify(authorization);
        var call = rules.ofCall(method).orElseThrow(() -> Refusal.forbidden("forbidden", NOT_DECLARED));
        if (!call.anyOf().isEmpty() && Collections.disjoint(call.anyOf(), caller.scopes())) {
            throw Refusal.forbidden("insufficient_scope", NOT_PERMITTED);
        }
        limits.admit(caller.tenant(), call.changes());
        return caller;
    }

    private Caller identify(List<String> authorization) {
        try {
            var token = BearerHeader.token(authorization);
            if (token == null) {
                throw Refusal.unauthenticated("unauthenticated", NO_TOKEN);
            }
            return tokens().verify(token).caller();
        } catch (InvalidBearerTokenException e) {
            throw Refusal.unauthenticated("unauthenticated", String.valueOf(e.getMessage()));
        } catch (AuthenticationServiceException e) {
            throw Refusal.unavailable("issuer_unavailable", ISSUER_AWAY);
        }
    }

    AccessRules rules() {
        return rules;
    }

    TenantLimits limits() {
        return limits;
    }

    AccessTokens tokens() {
        if (tokens == null) {
            throw new IllegalStateException("there are no tokens without security");
        }
        return tokens;
    }
}

package dev.orderflow.sandbox.issuer;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Reads a request for a token by client credentials. One without {@code scope} asks for all scopes of its role. Other
 * parameters, and proofs of possession (DPoP), are ignored.
 */
final class AllScopesByDefault implements AuthenticationConverter {

    private final AuthenticationConverter requests = new OAuth2ClientCredentialsAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        if (requests.convert(request) instanceof OAuth2ClientCredentialsAuthenticationToken wanted
                && wanted.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                && client.getRegisteredClient() != null) {
            var all = client.getRegisteredClient().getScopes();
            return new OAuth2ClientCredentialsAuthenticationToken(
                    client, wanted.getScopes().isEmpty() ? all : wanted.getScopes(), Map.of());
        }
        return null;
    }
}

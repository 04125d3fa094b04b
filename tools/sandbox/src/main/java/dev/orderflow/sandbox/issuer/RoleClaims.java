package dev.orderflow.sandbox.issuer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Writes a role's claims into its tokens, in the form of RFC 9068. */
final class RoleClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private static final String TYPE = "at+jwt";
    private static final String AUDIENCE = "orderflow";

    @Override
    public void customize(JwtEncodingContext context) {
        var role = Role.labelled(context.getRegisteredClient().getClientId()).orElseThrow();
        context.getJwsHeader().type(TYPE);
        context.getClaims()
                .subject(role.subject())
                .audience(List.of(AUDIENCE))
                .claim("tenant", role.tenant())
                .claim("client_id", role.label())
                .claim(OAuth2ParameterNames.SCOPE, scope(role, context.getAuthorizedScopes()));
    }

    /** Returns the granted scopes in the role's order. */
    private static String scope(Role role, Set<String> granted) {
        return role.scopes().stream().filter(granted::contains).collect(Collectors.joining(" "));
    }
}

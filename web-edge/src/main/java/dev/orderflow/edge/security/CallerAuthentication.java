package dev.orderflow.edge.security;

import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** A verified token in the form that Spring Security uses. Named after the token's subject, as audits show it. */
final class CallerAuthentication extends JwtAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final Caller caller;

    CallerAuthentication(Jwt token, Caller caller) {
        super(
                token,
                caller.scopes().stream()
                        .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                        .toList(),
                caller.subject());
        this.caller = caller;
    }

    Caller caller() {
        return caller;
    }
}

package dev.orderflow.edge.security;

import dev.orderflow.edge.connection.ClientConnections;
import dev.orderflow.edge.problem.ProblemJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Answers requests without sufficient credentials with problem details, before their bodies are read. */
final class AccessProblems implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

    private static final String RETRY_AFTER_SECONDS = Long.toString(IssuerKeys.INTERVAL.toSeconds());

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        commence(request, response, failure);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        switch (failure) {
            case AuthenticationServiceException _ -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
                write(
                        request,
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "issuer_unavailable",
                        AccessControl.ISSUER_AWAY);
            }
            case OAuth2AuthenticationException e -> {
                challenge(response, " error=\"invalid_token\", error_description=\"" + description(e) + '"');
                write(request, response, HttpStatus.UNAUTHORIZED, "unauthenticated", AccessControl.INVALID_TOKEN);
            }
            default -> {
                challenge(response, "");
                write(request, response, HttpStatus.UNAUTHORIZED, "unauthenticated", AccessControl.NO_TOKEN);
            }
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denial)
            throws IOException {
        var scopes = scopes(denial);
        if (scopes.isEmpty()) {
            write(request, response, HttpStatus.FORBIDDEN, "forbidden", AccessControl.NOT_DECLARED);
            return;
        }
        challenge(response, " error=\"insufficient_scope\", scope=\"" + String.join(" ", new TreeSet<>(scopes)) + '"');
        write(request, response, HttpStatus.FORBIDDEN, "insufficient_scope", AccessControl.NOT_PERMITTED);
    }

    private static Set<String> scopes(AccessDeniedException denial) {
        return denial instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof OperationAccess.Denied(var anyOf)
                ? anyOf
                : Set.of();
    }

    private static String description(OAuth2AuthenticationException failure) {
        return String.valueOf(failure.getError().getDescription()).replaceAll("[^A-Za-z0-9 .,:'-]", "");
    }

    private static void challenge(HttpServletResponse response, String parameters) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer" + parameters);
    }

    /** Refuses the request, and closes the connection instead of reading a body that nobody needs. */
    static void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code, String detail)
            throws IOException {
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            ClientConnections.linger();
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        ProblemJson.write(response, status.value(), code, detail);
    }
}

package dev.orderflow.edge.security;

import dev.orderflow.edge.connection.ClientConnections;
import dev.orderflow.edge.problem.ProblemJson;
import dev.orderflow.edge.problem.Refusal;
import dev.orderflow.edge.security.AccessRules.Reach;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
        if (!(denial instanceof AuthorizationDeniedException denied
                && denied.getAuthorizationResult() instanceof OperationAccess.Denied(var scopes, var reach))) {
            write(request, response, HttpStatus.FORBIDDEN, "forbidden", AccessControl.NOT_DECLARED);
        } else if (reach == Reach.PLATFORM) {
            write(request, response, HttpStatus.FORBIDDEN, "forbidden_tenant", AccessControl.NOT_OF_PLATFORM);
        } else if (scopes.isEmpty()) {
            write(request, response, HttpStatus.FORBIDDEN, "forbidden", AccessControl.NOT_DECLARED);
        } else {
            challenge(
                    response,
                    " error=\"insufficient_scope\", scope=\"" + String.join(" ", new TreeSet<>(scopes)) + '"');
            write(request, response, HttpStatus.FORBIDDEN, "insufficient_scope", AccessControl.NOT_PERMITTED);
        }
    }

    private static String description(OAuth2AuthenticationException failure) {
        return String.valueOf(failure.getError().getDescription()).replaceAll("[^A-Za-z0-9 .,:'-]", "");
    }

    private static void challenge(HttpServletResponse response, String parameters) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer" + parameters);
    }

    /** Refuses the request for a reason that is not its credentials. */
    static void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        var retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        write(request, response, refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
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

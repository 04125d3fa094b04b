package dev.orderflow.edge.security;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * The header {@code Authorization}, the only place of a token. Spring's resolver would also look at parameters, which
 * makes Tomcat read the body of a form.
 */
final class BearerHeader {

    private static final String SCHEME = "bearer ";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private BearerHeader() {}

    /**
     * Returns the token; null if the request has no header with this scheme.
     *
     * @throws InvalidBearerTokenException if it is malformed or given several times
     */
    static @Nullable String token(List<String> headers) {
        if (headers.size() > 1) {
            throw new InvalidBearerTokenException("Authorization must be given once.");
        }
        if (headers.isEmpty() || !headers.getFirst().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return null;
        }
        var token = headers.getFirst().substring(SCHEME.length()).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new InvalidBearerTokenException("The token is malformed.");
        }
        return token;
    }
}

package dev.orderflow.demo.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.orderflow.demo.token.Issuer.Grant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Client of an OAuth2 token endpoint. Requests are rare, so each has a connection of its own. */
public final class TokenEndpoint implements Issuer {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LARGEST_RESPONSE = 64 * 1024;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final URI issuer;

    /**
     * Creates a client.
     *
     * @param issuer base of the issuer
     */
    public TokenEndpoint(URI issuer) {
        this.issuer = issuer;
    }

    /**
     * Returns a new token.
     *
     * @throws IssuerAwayException if there is none within seconds
     */
    public String token(Role role) {
        return grant(role).token();
    }

    @Override
    public Grant grant(Role role) {
        var response = send(HttpRequest.newBuilder(issuer.resolve("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .header("Authorization", "Basic " + credentials(role))
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        if (response.statusCode() != 200) {
            throw away("it answered " + response.statusCode(), null);
        }
        return grant(response.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_RESPONSE))
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw away("it does not respond", e.getCause());
        } catch (TimeoutException e) {
            throw away("it did not respond in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("the wait was interrupted", e);
        } finally {
            http.shutdownNow();
        }
    }

    private Grant grant(byte[] body) {
        try {
            var json = JsonMapper.shared().readTree(body);
            var token = json.path("access_token").asString("");
            var seconds = json.path("expires_in").asLong(0);
            if (token.matches("[\\x21-\\x7E]+") && seconds > 0) {
                return new Grant(token, Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds())));
            }
        } catch (JacksonException e) {
            // Without the cause, whose message may contain a part of the token.
            throw away("its response is unreadable", null);
        }
        throw away("its response has no token that expires", null);
    }

    private IssuerAwayException away(String why, @Nullable Throwable cause) {
        return new IssuerAwayException("no access token from " + issuer + ": " + why, cause);
    }

    private static String credentials(Role role) {
        return Base64.getEncoder().encodeToString((role.label() + ":" + role.secret()).getBytes(US_ASCII));
    }
}

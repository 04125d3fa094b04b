package dev.orderflow.demo.token;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Role in which requests are sent. */
public record Credentials(Tokens tokens, Role role) {

    private static final int UNAUTHORIZED = 401;

    /** Sends a complete request. */
    public interface Sender<T> {
        HttpResponse<T> send(HttpRequest request) throws IOException, InterruptedException;
    }

    /**
     * Sends {@code request} with the role's token, and once more with a new token if the service does not accept the
     * first.
     *
     * @throws IssuerAwayException if there is no token
     */
    public <T> HttpResponse<T> send(HttpRequest.Builder request, Sender<T> sender)
            throws IOException, InterruptedException {
        var token = tokens.of(role);
        if (token.isEmpty()) {
            return sender.send(request.build());
        }
        var response = sender.send(authorized(request, token.get()));
        return response.statusCode() == UNAUTHORIZED && tokens.refuse(role, token.get())
                ? sender.send(authorized(request, tokens.of(role).orElseThrow()))
                : response;
    }

    private static HttpRequest authorized(HttpRequest.Builder request, String token) {
        return request.copy().setHeader("Authorization", "Bearer " + token).build();
    }
}

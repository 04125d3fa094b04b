package dev.orderflow.demo.process;

import dev.orderflow.demo.token.Credentials;
import dev.orderflow.demo.token.IssuerAwayException;
import dev.orderflow.demo.token.Role;
import dev.orderflow.demo.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Client of the services' health endpoints. Their details are for operators. */
public final class Health implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final Credentials credentials;

    public Health(Addresses addresses) {
        this.credentials = new Credentials(Tokens.from(addresses.issuer()), Role.OPERATOR);
    }

    /** Returns whether the service is ready for requests. */
    public boolean isReady(URI management) {
        return readiness(management).filter("UP"::equals).isPresent();
    }

    /**
     * Returns the health of the service and its dependencies, such as UP or DOWN; empty if it does not respond. While the
     * issuer is away, it is the service's own readiness.
     */
    public Optional<String> of(URI management) {
        try {
            return status(management.resolve("/actuator/health"), request -> credentials.send(request, this::send));
        } catch (IssuerAwayException e) {
            return readiness(management);
        }
    }

    private Optional<String> readiness(URI management) {
        return status(management.resolve("/actuator/health/readiness"), request -> send(request.build()));
    }

    /** Sends a request, with or without credentials. */
    private interface Sender {
        HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<String> status(URI uri, Sender sender) {
        try {
            var body = sender.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(3)))
                    .body();
            return Optional.ofNullable(JSON.readTree(body).get("status")).map(status -> status.asString());
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

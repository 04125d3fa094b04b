package dev.orderflow.demo.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Client of the services' health endpoints. */
public final class Health implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    /** Returns whether the service is ready for requests. */
    public boolean isReady(URI management) {
        return status(management.resolve("/actuator/health/readiness"))
                .filter("UP"::equals)
                .isPresent();
    }

    /** Returns the health of the service and its dependencies, such as UP or DOWN; empty if it does not respond. */
    public Optional<String> of(URI management) {
        return status(management.resolve("/actuator/health"));
    }

    private Optional<String> status(URI uri) {
        try {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(3)).build();
            var body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
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

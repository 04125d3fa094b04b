package dev.orderflow.demo.client.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.orderflow.demo.client.JsonHttp;
import dev.orderflow.demo.client.RefusedException;
import dev.orderflow.demo.process.Part;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * REST API of one part. All methods throw {@link dev.orderflow.demo.client.ShopAwayException} when it is unavailable
 * and {@link RefusedException}, naming the part, when it rejects a request.
 */
public record PartApi(Part part, URI base, JsonHttp http) {

    /** {@return the name as in {@code ./demo start}} */
    public String name() {
        return part.label();
    }

    public <T> T get(String path, TypeReference<T> type) {
        return named(() -> http.get(base.resolve(path), type));
    }

    /**
     * Sends GET.
     *
     * @param query parameters; null values are left out
     */
    public <T> T get(String path, Map<String, ? extends @Nullable Object> query, TypeReference<T> type) {
        var parameters = query.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + encoded(Objects.toString(parameter.getValue())))
                .collect(joining("&"));
        return get(parameters.isEmpty() ? path : path + "?" + parameters, type);
    }

    public <T> T post(String path, Object body, TypeReference<T> type) {
        return named(() -> http.post(base.resolve(path), body, type));
    }

    public void delete(String path) {
        named(() -> {
            http.delete(base.resolve(path));
            return true;
        });
    }

    private <T> T named(Supplier<T> call) {
        try {
            return call.get();
        } catch (RefusedException e) {
            throw new RefusedException(e.status(), e.code(), name() + reason(e));
        }
    }

    /** Returns the explanation of a rejection. A 404 without a code means that the service does not know the path. */
    private static String reason(RefusedException e) {
        return e.status() == 404 && e.code().equals("404")
                ? " has no operators' API: start it with eventing.admin.enabled=true, as ./demo up does."
                : " refuses: " + e.getMessage();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

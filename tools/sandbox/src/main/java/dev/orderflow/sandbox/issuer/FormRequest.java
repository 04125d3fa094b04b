package dev.orderflow.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request whose parameters are those of its form, and not of its query: RFC 6749 allows no parameters there, where logs
 * would show them. The container reads no form from a body that was read completely beforehand.
 */
final class FormRequest extends HttpServletRequestWrapper {

    private final Map<String, String[]> parameters;

    /**
     * Parses {@code form}.
     *
     * @throws IllegalArgumentException if it cannot be decoded
     */
    FormRequest(HttpServletRequest request, byte[] form) {
        super(request);
        this.parameters = parse(new String(form, UTF_8));
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        var values = parameters.get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    private static Map<String, String[]> parse(String form) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : form.split("&")) {
            if (!pair.isEmpty()) {
                var name = pair.split("=", 2);
                values.computeIfAbsent(decoded(name[0]), first -> new ArrayList<>(1))
                        .add(name.length == 2 ? decoded(name[1]) : "");
            }
        }
        var arrays = new LinkedHashMap<String, String[]>();
        values.forEach((name, all) -> arrays.put(name, all.toArray(String[]::new)));
        return arrays;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}

package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.process.Part;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Responses of several parts to one request.
 *
 * @param byPart in the parts' order
 * @param away the unavailable parts, and why
 */
public record Answers<T>(Map<Part, T> byPart, Map<Part, String> away) {

    public Stream<T> all() {
        return byPart.values().stream();
    }

    /** {@return whether no part responded} */
    public boolean isEmpty() {
        return byPart.isEmpty();
    }
}

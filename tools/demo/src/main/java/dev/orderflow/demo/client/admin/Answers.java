package dev.orderflow.demo.client.admin;

import dev.orderflow.demo.process.Part;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What several parts answered to one question.
 *
 * @param byPart in the parts' order
 * @param away   the parts that could not answer, and why
 */
public record Answers<T>(Map<Part, T> byPart, Map<Part, String> away) {

    public Stream<T> all() {
        return byPart.values().stream();
    }

    /** Whether nobody answered. */
    public boolean isEmpty() {
        return byPart.isEmpty();
    }
}

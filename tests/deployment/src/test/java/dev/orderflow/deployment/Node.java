package dev.orderflow.deployment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Value at some place of a YAML document; null if the path does not exist. */
record Node(@Nullable Object value) {

    Node at(String... path) {
        var current = value;
        for (var key : path) {
            current = current instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return new Node(current);
    }

    boolean exists() {
        return value != null;
    }

    boolean is(Object expected) {
        return expected.equals(value);
    }

    String text() {
        return value == null ? "" : value.toString();
    }

    long number(long fallback) {
        return value instanceof Number number ? number.longValue() : fallback;
    }

    List<Node> items() {
        return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
    }

    /** {@return keys and values of a map, in document order} */
    Map<String, Node> entries() {
        var entries = new LinkedHashMap<String, Node>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, content) -> entries.put(key.toString(), new Node(content)));
        }
        return entries;
    }

    Map<String, String> strings() {
        var strings = new LinkedHashMap<String, String>();
        entries().forEach((key, node) -> strings.put(key, node.text()));
        return strings;
    }
}

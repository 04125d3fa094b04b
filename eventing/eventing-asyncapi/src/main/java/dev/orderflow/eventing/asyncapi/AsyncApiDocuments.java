package dev.orderflow.eventing.asyncapi;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Merges the AsyncAPI documents of several applications. */
public final class AsyncApiDocuments {

    private AsyncApiDocuments() {}

    /**
     * Returns one document with the channels, messages and operations of all.
     *
     * @param documents texts as returned by {@link AsyncApi#json()}
     * @throws IllegalArgumentException with the place at which two documents contradict each other, such as an event for
     *     which two applications have different schemas
     */
    public static String merge(String title, String version, Collection<String> documents) {
        var merged = documents.stream()
                .map(AsyncApiDocuments::withoutName)
                .reduce((one, other) -> union(one, other, "#"))
                .orElseThrow(() -> new IllegalArgumentException("there is no document to merge"));
        var info = (ObjectNode) merged.get("info");
        var named = JsonNodeFactory.instance.objectNode().put("title", title).put("version", version);
        named.setAll(info);
        merged.set("info", named);
        sort(merged.get("channels"));
        merged.get("channels").forEach(channel -> sort(channel.get("messages")));
        sort(merged.get("operations"));
        merged.get("components").forEach(AsyncApiDocuments::sort);
        return AsyncApi.text(merged);
    }

    private static ObjectNode withoutName(String document) {
        var parsed = (ObjectNode) AsyncApi.parse(document);
        ((ObjectNode) parsed.get("info")).remove(List.of("title", "version"));
        return parsed;
    }

    private static ObjectNode union(ObjectNode one, ObjectNode other, String place) {
        other.forEachEntry((name, value) -> {
            var known = one.get(name);
            if (known == null) {
                one.set(name, value);
            } else if (known instanceof ObjectNode object && value instanceof ObjectNode added) {
                union(object, added, place + "/" + name);
            } else if (!known.equals(value)) {
                throw new IllegalArgumentException("documents contradict each other at " + place + "/" + name);
            }
        });
        return one;
    }

    private static void sort(JsonNode node) {
        var object = (ObjectNode) node;
        var sorted = new TreeMap<String, JsonNode>();
        object.forEachEntry(sorted::put);
        object.removeAll();
        sorted.forEach(object::set);
    }
}

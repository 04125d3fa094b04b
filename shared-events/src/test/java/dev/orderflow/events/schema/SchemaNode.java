package dev.orderflow.events.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A schema with its references replaced by their targets, and with one way of writing what JSON Schema can write in several:
 * {@code const} becomes {@code enum}, and a choice between {@code null} and a schema becomes that schema with one more type.
 *
 * @param types    the types of values; empty: any
 * @param keywords all others, except those that only describe
 */
record SchemaNode(Set<String> types, Map<String, JsonNode> keywords) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> DESCRIBING = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly");

    /** @param root the document in which {@code schema} stands, and to which its references refer */
    static SchemaNode of(JsonNode schema, JsonNode root) {
        var node = new SchemaNode(new LinkedHashSet<>(), new LinkedHashMap<>());
        node.add(schema, root, 0);
        return node;
    }

    @Nullable
    JsonNode get(String keyword) {
        return keywords.get(keyword);
    }

    private void add(JsonNode schema, JsonNode root, int depth) {
        if (depth > 100) {
            throw new IllegalArgumentException("references lead in a circle at " + schema);
        }
        if (schema.isBoolean()) {
            if (!schema.booleanValue()) {
                put("not", NODES.objectNode());
            }
            return;
        }
        schema.forEachEntry((keyword, value) -> {
            if (keyword.equals("$ref")) {
                add(target(value.stringValue(), root), root, depth + 1);
            } else if (keyword.equals("allOf")) {
                value.forEach(part -> add(part, root, depth + 1));
            } else if (keyword.equals("type")) {
                addTypes(value);
            } else if (!keyword.equals("anyOf") && !DESCRIBING.contains(keyword)) {
                put(
                        keyword.equals("const") ? "enum" : keyword,
                        keyword.equals("const") ? NODES.arrayNode().add(value) : value);
            }
        });
        if (schema.has("anyOf")) {
            addChoice(schema.get("anyOf"), root, depth);
        }
    }

    private void addTypes(JsonNode value) {
        var named = new LinkedHashSet<String>();
        if (value.isArray()) {
            value.forEach(type -> named.add(type.stringValue()));
        } else {
            named.add(value.stringValue());
        }
        if (!types.isEmpty() && !types.equals(named)) {
            throw new IllegalArgumentException(
                    "two schemas of one value differ in their type: " + types + ", " + named);
        }
        types.addAll(named);
    }

    private void addChoice(JsonNode choice, JsonNode root, int depth) {
        var others = choice.values().stream().filter(one -> !isNull(one)).toList();
        if (others.size() != 1 || choice.size() != 2) {
            put("anyOf", choice);
            return;
        }
        add(others.getFirst(), root, depth + 1);
        if (!types.isEmpty()) {
            types.add("null");
        }
        var values = keywords.get("enum");
        if (values != null) {
            keywords.put("enum", NODES.arrayNode().addAll(values.values()).add(NODES.nullNode()));
        }
    }

    private void put(String keyword, JsonNode value) {
        var known = keywords.put(keyword, value);
        if (known != null && !known.equals(value)) {
            throw new IllegalArgumentException("two schemas of one value differ in " + keyword);
        }
    }

    private static boolean isNull(JsonNode schema) {
        return schema.size() == 1 && schema.path("type").asString("").equals("null");
    }

    private static JsonNode target(String reference, JsonNode root) {
        var target = reference.startsWith("#") ? root.at(reference.substring(1)) : NODES.missingNode();
        if (target.isMissingNode()) {
            throw new IllegalArgumentException("reference to another document or to nothing: " + reference);
        }
        return target;
    }
}

package dev.orderflow.contracts;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an OpenAPI 3.1 document in the notation of 3.0. The comparison reads a type from {@code "type": "string"} of 3.0
 * only: of 3.1 documents, it would miss changed types.
 */
final class OlderNotation {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OlderNotation() {}

    static String of(String document) {
        var tree = (ObjectNode) JSON.readTree(document);
        tree.put("openapi", "3.0.1");
        rewrite(tree);
        return JSON.writeValueAsString(tree);
    }

    private static void rewrite(JsonNode node) {
        if (node instanceof ObjectNode schema) {
            if (schema.get("type") instanceof ArrayNode types) {
                nullable(schema, types);
            }
            if (schema.has("const")) {
                schema.putArray("enum").add(schema.remove("const"));
            }
            bound(schema, "exclusiveMinimum", "minimum");
            bound(schema, "exclusiveMaximum", "maximum");
        }
        node.forEach(OlderNotation::rewrite);
    }

    /** {@code ["string", "null"]} is a string that may be null. */
    private static void nullable(ObjectNode schema, ArrayNode types) {
        var others = types.values().stream()
                .map(JsonNode::stringValue)
                .filter(type -> !type.equals("null"))
                .toList();
        if (others.size() != 1) {
            throw new IllegalArgumentException("a schema has several types, which 3.0 cannot express: " + types);
        }
        schema.put("type", others.getFirst());
        if (types.size() > 1) {
            schema.put("nullable", true);
        }
    }

    private static void bound(ObjectNode schema, String exclusive, String inclusive) {
        if (schema.get(exclusive) != null && schema.get(exclusive).isNumber()) {
            schema.set(inclusive, schema.get(exclusive));
            schema.put(exclusive, true);
        }
    }
}

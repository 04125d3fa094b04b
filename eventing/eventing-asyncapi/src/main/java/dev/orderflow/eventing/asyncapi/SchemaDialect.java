package dev.orderflow.eventing.asyncapi;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates a JSON Schema of 2020-12 into the dialect of AsyncAPI documents, which extends draft 07, without a change of
 * meaning.
 * <p>
 * References move with the schema: in its own file, {@code #} is the schema, in an AsyncAPI document it is the document.
 * Keywords beside a {@code $ref} count in 2020-12 and are ignored in draft 07, so the reference becomes one of {@code allOf}.
 * Keywords that draft 07 does not have are refused, since ignoring them would publish a weaker contract.
 */
final class SchemaDialect {

    private static final Set<String> OF_SCHEMAS_BY_NAME = Set.of("properties", "patternProperties", "definitions");
    private static final Set<String> OF_SCHEMA =
            Set.of("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames");
    private static final Set<String> OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> IDENTITY = Set.of("$schema", "$id");
    private static final Set<String> UNKNOWN = Set.of(
            "$anchor",
            "$dynamicAnchor",
            "$dynamicRef",
            "dependentRequired",
            "dependentSchemas",
            "maxContains",
            "minContains",
            "prefixItems",
            "unevaluatedItems",
            "unevaluatedProperties");

    private final String type;
    private final String home;

    /** @param home reference of the translated schema */
    SchemaDialect(String type, String home) {
        this.type = type;
        this.home = home;
    }

    /** @throws IllegalArgumentException with the keyword that cannot be translated */
    ObjectNode translate(ObjectNode schema) {
        var translated = JsonNodeFactory.instance.objectNode();
        schema.properties().stream()
                .filter(keyword -> !IDENTITY.contains(keyword.getKey()))
                .forEach(keyword -> put(translated, keyword, schema.size() > 1));
        return translated;
    }

    private void put(ObjectNode target, Map.Entry<String, JsonNode> keyword, boolean hasSiblings) {
        var name = keyword.getKey().equals("$defs") ? "definitions" : keyword.getKey();
        var value = keyword.getValue();
        if (UNKNOWN.contains(name)) {
            throw new IllegalArgumentException(
                    "the schema of " + type + " has the keyword " + name + ", which AsyncAPI documents cannot express");
        }
        if (name.equals("$ref")) {
            var moved = moved(value.stringValue());
            if (hasSiblings) {
                target.withArrayProperty("allOf").addObject().put("$ref", moved);
            } else {
                target.put("$ref", moved);
            }
        } else if (OF_SCHEMAS_BY_NAME.contains(name)) {
            var schemas = target.putObject(name);
            value.forEachEntry((property, schema) -> schemas.set(property, subschema(schema)));
        } else if (OF_SCHEMAS.contains(name)) {
            var schemas = target.withArrayProperty(name);
            value.forEach(schema -> schemas.add(subschema(schema)));
        } else {
            target.set(name, OF_SCHEMA.contains(name) ? subschema(value) : value);
        }
    }

    private JsonNode subschema(JsonNode schema) {
        return schema instanceof ObjectNode object ? translate(object) : schema;
    }

    private String moved(String reference) {
        if (!reference.startsWith("#")) {
            throw new IllegalArgumentException(
                    "the schema of " + type + " refers to " + reference + ", which is outside of it");
        }
        return home + reference.substring(1).replace("/$defs/", "/definitions/");
    }
}

package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.routes.Term.InvalidExpressionException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The properties and kinds of an event type's data, as far as its JSON Schema states them. */
final class DataShape {

    /** Shape of a type without a schema. */
    static final DataShape UNKNOWN = new DataShape("", null);

    private static final String DEFINITIONS = "#/$defs/";
    private static final int MOST_REFERENCES = 20;

    private final String type;
    private final @Nullable JsonNode schema;

    DataShape(String type, @Nullable JsonNode schema) {
        this.type = type;
        this.schema = schema;
    }

    /** @throws InvalidExpressionException when the schema excludes such a value */
    Kind kindOf(List<Object> path) {
        return schema == null ? Kind.ANY : kindOf(resolved(schema), path.iterator());
    }

    /** Returns the properties that data must have but that data of {@code other} need not have. */
    Set<String> missingIn(DataShape other) {
        if (schema == null || other.schema == null) {
            return Set.of();
        }
        var missing = new TreeSet<>(required(schema));
        missing.removeAll(required(other.schema));
        return missing;
    }

    private Kind kindOf(JsonNode node, Iterator<Object> rest) {
        if (!rest.hasNext()) {
            return kind(node);
        }
        return switch (rest.next()) {
            case String name when node.get("properties") != null -> property(node, name, rest);
            case Integer index when node.get("items") != null -> kindOf(resolved(node.get("items")), rest);
            case Object step -> {
                var kind = kind(node);
                if (kind != Kind.ANY && kind != (step instanceof String ? Kind.OBJECT : Kind.LIST)) {
                    throw new InvalidExpressionException("asks for " + step + " of " + kind);
                }
                yield Kind.ANY;
            }
        };
    }

    private Kind property(JsonNode node, String name, Iterator<Object> rest) {
        var property = node.get("properties").get(name);
        if (property != null) {
            return kindOf(resolved(property), rest);
        }
        var others = node.get("additionalProperties");
        if (others != null && others.isObject()) {
            return kindOf(resolved(others), rest);
        }
        if (others != null && others.asBoolean()) {
            return Kind.ANY;
        }
        throw new InvalidExpressionException("names the property " + name + ", which the schema of " + type
                + " does not have, but " + new TreeSet<>(node.get("properties").propertyNames()));
    }

    private JsonNode resolved(JsonNode node) {
        var current = node;
        for (var count = 0; count < MOST_REFERENCES && schema != null; count++) {
            var reference = current.get("$ref");
            if (reference == null || !reference.asString().startsWith(DEFINITIONS)) {
                break;
            }
            var definition = schema.path("$defs").get(reference.asString().substring(DEFINITIONS.length()));
            if (definition == null) {
                break;
            }
            current = definition;
        }
        return current;
    }

    private static Kind kind(JsonNode node) {
        var stated = node.get("type");
        if (stated == null || !stated.isString()) {
            return Kind.ANY;
        }
        return switch (stated.asString()) {
            case "string" -> Kind.TEXT;
            case "integer", "number" -> Kind.NUMBER;
            case "boolean" -> Kind.TRUTH;
            case "object" -> Kind.OBJECT;
            case "array" -> Kind.LIST;
            default -> Kind.ANY;
        };
    }

    private static List<String> required(JsonNode node) {
        var names = new ArrayList<String>();
        node.path("required").forEach(name -> names.add(name.asString()));
        return names;
    }
}

package dev.orderflow.eventing.schemas.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Check that bytes are valid under a JSON Schema (2020-12), in one pass over the bytes and without a tree.
 * <p>
 * It is one-sided: {@link #isValid} is true only if a complete validator would find no violation in that document. It is false
 * when there is one, and also for everything that is rare or unknown here: keywords, escapes, exponents, other formats. Such a
 * document costs a complete validation, but its result is right. Using this class to reject a document would be wrong.
 * Immutable.
 */
public final class SchemaCheck {

    private static final Rule DOUBT = new Rule.Doubt();

    /** Keywords that state nothing about a document. */
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples", "deprecated");

    private final JsonNode schema;
    private final Map<String, Rule> definitions = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final Rule rule;

    private SchemaCheck(JsonNode schema) {
        this.schema = schema;
        this.rule = rule(schema);
    }

    public static SchemaCheck of(JsonNode schema) {
        return new SchemaCheck(schema);
    }

    /** Returns whether the document, if it is JSON at all, is certain to be valid. */
    public boolean isValid(byte[] document) {
        var cursor = new JsonCursor(document);
        return rule.holds(cursor) && cursor.isAtEnd();
    }

    private Rule rule(JsonNode node) {
        var keywords = new HashSet<>(node.propertyNames());
        keywords.removeAll(ANNOTATIONS);
        if (keywords.equals(Set.of("$ref"))) {
            return definition(node.get("$ref").asString());
        }
        if (keywords.equals(Set.of("anyOf"))) {
            return nullable(node.get("anyOf"));
        }
        var type = node.get("type");
        if (type == null || !type.isArray()) {
            return rule(node, type, keywords);
        }
        var types = type.values().stream().map(JsonNode::asString).toList();
        var others = type.values().stream()
                .filter(each -> !each.asString().equals("null"))
                .toList();
        if (others.size() != 1) {
            return DOUBT;
        }
        var rule = rule(node, others.getFirst(), keywords);
        return types.contains("null") && !node.has("enum") ? new Rule.OrNull(rule) : rule;
    }

    /** Reads the form in which a generator writes a reference that may be null. */
    private Rule nullable(JsonNode alternatives) {
        var others = alternatives.values().stream()
                .filter(each -> !each.path("type").asString("").equals("null"))
                .toList();
        return alternatives.size() == 2 && others.size() == 1 ? new Rule.OrNull(rule(others.getFirst())) : DOUBT;
    }

    private Rule rule(JsonNode node, @Nullable JsonNode type, Set<String> keywords) {
        keywords.remove("type");
        if (type == null || !type.isString()) {
            return DOUBT;
        }
        return switch (type.asString()) {
            case "object" -> Set.of("properties", "required").containsAll(keywords) ? object(node) : DOUBT;
            case "array" -> Set.of("items", "minItems", "maxItems").containsAll(keywords) ? array(node) : DOUBT;
            case "string" ->
                Set.of("minLength", "maxLength", "pattern", "format", "enum").containsAll(keywords)
                        ? text(node)
                        : DOUBT;
            case "integer" -> Set.of("minimum", "maximum").containsAll(keywords) ? integer(node) : DOUBT;
            case "boolean" -> keywords.isEmpty() ? new Rule.AnyBoolean() : DOUBT;
            default -> DOUBT;
        };
    }

    private Rule definition(String reference) {
        var known = definitions.get(reference);
        if (known != null) {
            return known;
        }
        var definition = reference.startsWith("#/") ? schema.at(reference.substring(1)) : null;
        // A definition that refers to itself is left to the complete validator, which bounds its depth.
        if (definition == null || definition.isMissingNode() || !open.add(reference)) {
            return DOUBT;
        }
        var rule = rule(definition);
        open.remove(reference);
        definitions.put(reference, rule);
        return rule;
    }

    private Rule object(JsonNode node) {
        var names = new ArrayList<String>();
        var rules = new ArrayList<Rule>();
        node.path("properties").forEachEntry((name, property) -> {
            names.add(name);
            rules.add(rule(property));
        });
        var required = 0L;
        for (var name : node.path("required").values()) {
            var index = names.indexOf(name.asString());
            if (index < 0) {
                return DOUBT;
            }
            required |= 1L << index;
        }
        return names.size() > Rule.ObjectOf.MOST_PROPERTIES
                ? DOUBT
                : new Rule.ObjectOf(
                        names.stream().map(JsonCursor::bytesOf).toArray(byte[][]::new),
                        rules.toArray(Rule[]::new),
                        required);
    }

    private Rule array(JsonNode node) {
        return node.has("items")
                ? new Rule.ArrayOf(
                        rule(node.get("items")), bound(node, "minItems", 0), bound(node, "maxItems", Long.MAX_VALUE))
                : DOUBT;
    }

    private Rule text(JsonNode node) {
        var forms = new ArrayList<Rule.Text.Form>();
        for (var keyword : List.of("pattern", "format", "enum")) {
            if (node.has(keyword)) {
                var form = form(keyword, node.get(keyword));
                if (form == null) {
                    return DOUBT;
                }
                forms.add(form);
            }
        }
        return new Rule.Text(
                bound(node, "minLength", 0),
                bound(node, "maxLength", Long.MAX_VALUE),
                forms.stream().reduce(TextForms::both).orElse(null));
    }

    private static Rule.Text.@Nullable Form form(String keyword, JsonNode value) {
        return switch (keyword) {
            case "pattern" -> TextAutomaton.of(value.asString());
            case "format" -> TextForms.ofFormat(value.asString());
            default ->
                value.values().stream().allMatch(JsonNode::isString)
                        ? TextForms.oneOf(
                                value.values().stream().map(JsonNode::asString).toList())
                        : null;
        };
    }

    private static Rule integer(JsonNode node) {
        return node.path("minimum").asString("0").matches("-?[0-9]{1,19}")
                        && node.path("maximum").asString("0").matches("-?[0-9]{1,19}")
                ? new Rule.IntegerWithin(bound(node, "minimum", Long.MIN_VALUE), bound(node, "maximum", Long.MAX_VALUE))
                : DOUBT;
    }

    private static long bound(JsonNode node, String keyword, long otherwise) {
        return node.has(keyword) ? node.get(keyword).longValue() : otherwise;
    }
}

package dev.orderflow.events.schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Random instances of a schema that {@link SchemaGeneration} has written, often at its bounds, some with fields that it does
 * not know. Texts with a pattern come from a list of known ones.
 */
final class SchemaInstances {

    /** Amounts are whole, since a schema cannot say how many decimals the currency beside them has. */
    static final Map<String, Function<SplittableRandom, String>> PATTERNS = Map.of(
            "^([A-Z]{3})$", random -> oneOf(random, List.of("GBP", "EUR", "USD", "JPY")),
            "^(-?[0-9]{1,30}(\\.[0-9]{1,30})?)$",
                    random -> oneOf(
                            random, List.of("0", "-15", "7".repeat(30), Long.toString(random.nextLong(1_000_000)))),
            "^([A-Za-z0-9]([A-Za-z0-9 ._-]{0,48}[A-Za-z0-9._-])?)$",
                    random -> oneOf(random, List.of("8", "85123A", "x".repeat(50), "BANK CHARGES")));

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MANY = 40;

    /** One of them is two UTF-16 units, and one character to JSON Schema. */
    private static final List<String> CHARACTERS = List.of("a", "Z", "9", " ", "é", "\"", "\\", "\u0001", "界", "😀");

    private final JsonNode root;
    private final SplittableRandom random;

    SchemaInstances(JsonNode schema, SplittableRandom random) {
        this.root = schema;
        this.random = random;
    }

    JsonNode next() {
        return value(root);
    }

    private JsonNode value(JsonNode schema) {
        var node = SchemaNode.of(schema, root);
        var values = node.get("enum");
        if (values != null) {
            return values.get(random.nextInt(values.size()));
        }
        var types = List.copyOf(node.types());
        var type = oneOf(random, types);
        return switch (type) {
            case "null" -> NODES.nullNode();
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "integer" -> NODES.numberNode(between(node, "minimum", Long.MIN_VALUE, "maximum", Long.MAX_VALUE));
            case "string" -> NODES.stringNode(text(node));
            case "array" -> array(node);
            case "object" -> object(node);
            default -> throw new IllegalArgumentException("no instances of type " + type);
        };
    }

    private ObjectNode object(SchemaNode node) {
        var object = NODES.objectNode();
        var required = node.keywords().getOrDefault("required", NODES.arrayNode());
        node.keywords().getOrDefault("properties", NODES.objectNode()).forEachEntry((name, schema) -> {
            if (required.valueStream().anyMatch(it -> it.stringValue().equals(name)) || random.nextBoolean()) {
                object.set(name, value(schema));
            }
        });
        if (random.nextInt(3) == 0) {
            object.put("unknown_" + random.nextInt(9), random.nextInt());
        }
        return object;
    }

    private JsonNode array(SchemaNode node) {
        var array = NODES.arrayNode();
        var items = node.get("items");
        var size = Math.min(MANY, between(node, "minItems", 0, "maxItems", MANY));
        for (var i = 0; i < size && items != null; i++) {
            array.add(value(items));
        }
        return array;
    }

    private String text(SchemaNode node) {
        var pattern = node.get("pattern");
        if (pattern != null) {
            var examples = Objects.requireNonNull(
                    PATTERNS.get(pattern.stringValue()), () -> "add examples of " + pattern + " to PATTERNS");
            return examples.apply(random);
        }
        var format = node.get("format");
        if (format != null) {
            return switch (format.stringValue()) {
                case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
                case "date-time" -> instant();
                default -> throw new IllegalArgumentException("no instances of format " + format);
            };
        }
        var length = between(node, "minLength", 0, "maxLength", MANY);
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append(oneOf(random, CHARACTERS));
        }
        return text.toString();
    }

    private String instant() {
        var at = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000))
                .toString();
        return random.nextBoolean() ? at : at.replace("Z", "+05:45");
    }

    private long between(SchemaNode node, String lower, long least, String upper, long most) {
        var from = bound(node, lower, least);
        var to = Math.max(from, bound(node, upper, Math.max(from, most)));
        return switch (random.nextInt(3)) {
            case 0 -> from;
            case 1 -> to;
            default -> to == Long.MAX_VALUE ? random.nextLong(from, to) : random.nextLong(from, to + 1);
        };
    }

    private static long bound(SchemaNode node, String keyword, long otherwise) {
        var bound = node.get(keyword);
        return bound == null ? otherwise : bound.longValue();
    }

    private static <T> T oneOf(SplittableRandom random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}

package dev.orderflow.events.schema;

import dev.orderflow.events.schema.SchemaChange.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Compares an event's schema with its last released version, keyword by keyword. Two promises follow for a change that
 * is not refused: an event published before is valid under the new schema, since each constraint of the new one is
 * implied by the same keyword of the released one; and a consumer released before finds every field that it reads, with
 * its type.
 * <p>
 * A keyword whose values cannot be compared, such as {@code pattern}, must not change. That refuses changes which would
 * be harmless, and never lets one pass that is not. A reader that learns a new field may find it in an older event with
 * another meaning if that had fields which were not in its schema: publishers write the fields of their records alone.
 */
final class SchemaCompatibility {

    private static final JsonNode ANYTHING = JsonNodeFactory.instance.objectNode();
    private static final Set<String> LOWER =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    private static final Set<String> UPPER =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
    private static final Set<String> NOT_COMPARED_AS_SUCH =
            Set.of("properties", "required", "items", "additionalProperties", "enum", "pattern");

    private final JsonNode released;
    private final JsonNode current;
    private final List<SchemaChange> changes = new ArrayList<>();
    private final Set<List<JsonNode>> compared = new HashSet<>();

    private SchemaCompatibility(JsonNode released, JsonNode current) {
        this.released = released;
        this.current = current;
    }

    /** Returns what differs, except for optional fields that were added and for what only describes. */
    static List<SchemaChange> changes(JsonNode released, JsonNode current) {
        var comparison = new SchemaCompatibility(released, current);
        for (var identity : List.of("$id", "$schema")) {
            if (!Objects.equals(released.get(identity), current.get(identity))) {
                comparison.refuse("", identity + " changed, by which others know the schema");
            }
        }
        comparison.compare("", released, current);
        return comparison.changes;
    }

    private void compare(String field, JsonNode before, JsonNode after) {
        // Only by references can a schema contain itself.
        if (!before.findValues("$ref").isEmpty() && !compared.add(List.of(before, after))) {
            return;
        }
        var was = SchemaNode.of(before, released);
        var is = SchemaNode.of(after, current);
        if (!was.types().equals(is.types())) {
            refuse(field, "the type changed from " + types(was) + " to " + types(is));
            return;
        }
        compareFields(field, was, is);
        compareRequired(field, was, is);
        compareParts(field, was, is);
        compareValues(field, was, is);
        comparePattern(field, was, is);
        compareOthers(field, was, is);
    }

    private void compareFields(String field, SchemaNode was, SchemaNode is) {
        var before = was.keywords().getOrDefault("properties", ANYTHING);
        var after = is.keywords().getOrDefault("properties", ANYTHING);
        before.forEachEntry((name, schema) -> {
            if (after.has(name)) {
                compare(inside(field, name), schema, after.get(name));
            } else {
                refuse(
                        inside(field, name),
                        "the field was removed or renamed, which consumers released before still read");
            }
        });
        var others = was.get("additionalProperties");
        after.forEachEntry((name, schema) -> {
            if (others != null && !before.has(name)) {
                compare(inside(field, name), others, schema);
            }
        });
    }

    private void compareRequired(String field, SchemaNode was, SchemaNode is) {
        var before = names(was.get("required"));
        var after = names(is.get("required"));
        var known = was.keywords().getOrDefault("properties", ANYTHING);
        difference(after, before)
                .forEach(name -> refuse(
                        inside(field, name),
                        (known.has(name) ? "the field became required" : "a required field was added")
                                + ", which events published before may lack"));
        difference(before, after)
                .forEach(name -> refuse(
                        inside(field, name),
                        "the field became optional, without which consumers released before fail"));
    }

    private void compareParts(String field, SchemaNode was, SchemaNode is) {
        if (was.get("items") != null || is.get("items") != null) {
            compare(
                    field + "[]",
                    was.keywords().getOrDefault("items", ANYTHING),
                    is.keywords().getOrDefault("items", ANYTHING));
        }
        var before = was.keywords().getOrDefault("additionalProperties", ANYTHING);
        var after = is.keywords().getOrDefault("additionalProperties", ANYTHING);
        if (isForbidden(after) && !isForbidden(before)) {
            refuse(field, "unknown fields are no longer allowed, which readers have to ignore");
        } else if (!before.equals(ANYTHING) || !after.equals(ANYTHING)) {
            compare(inside(field, "*"), before, after);
        }
    }

    private void compareValues(String field, SchemaNode was, SchemaNode is) {
        var before = was.get("enum");
        var after = is.get("enum");
        if (before == null || after == null) {
            onlyOne(before, after, field, "the list of values");
            return;
        }
        var removed = difference(set(before), set(after));
        if (!removed.isEmpty()) {
            refuse(field, "the values " + removed + " were removed or renamed, which events published before may have");
        } else if (!set(before).equals(set(after))) {
            widen(field, "the values " + difference(set(after), set(before)) + " were added");
        }
    }

    private void comparePattern(String field, SchemaNode was, SchemaNode is) {
        var before = was.get("pattern");
        var after = is.get("pattern");
        if (before == null || after == null) {
            onlyOne(before, after, field, "the pattern");
        } else if (!before.equals(after)) {
            refuse(
                    field,
                    "the pattern changed from " + before + " to " + after
                            + ", which events published before may violate");
        }
    }

    private void compareOthers(String field, SchemaNode was, SchemaNode is) {
        var keywords = new TreeSet<>(was.keywords().keySet());
        keywords.addAll(is.keywords().keySet());
        keywords.removeAll(NOT_COMPARED_AS_SUCH);
        for (var keyword : keywords) {
            var before = was.get(keyword);
            var after = is.get(keyword);
            if (LOWER.contains(keyword) || UPPER.contains(keyword)) {
                compareBound(field, keyword, before, after);
            } else if (after == null || !after.equals(before) || !isAlone(after)) {
                refuse(field, keyword + " changed from " + before + " to " + after + ", which is not comparable");
            }
        }
    }

    private void compareBound(String field, String keyword, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null || after == null) {
            onlyOne(before, after, field, keyword);
            return;
        }
        var rise = after.decimalValue().compareTo(before.decimalValue());
        if (rise != 0) {
            Consumer<String> report = rise > 0 == LOWER.contains(keyword)
                    ? what -> refuse(field, what + ", which events published before may violate")
                    : what -> widen(field, what);
            report.accept(keyword + " changed from " + before + " to " + after);
        }
    }

    /** Reports a constraint that only one of both schemas has. */
    private void onlyOne(@Nullable JsonNode before, @Nullable JsonNode after, String field, String what) {
        if (after != null) {
            refuse(field, what + " " + after + " was added, which events published before may violate");
        } else if (before != null) {
            widen(field, what + " " + before + " was removed");
        }
    }

    private void refuse(String field, String what) {
        changes.add(new SchemaChange(Verdict.REFUSED, field, what));
    }

    private void widen(String field, String what) {
        changes.add(new SchemaChange(Verdict.CONSUMERS_FIRST, field, what));
    }

    /** Returns whether an unchanged schema means the same as before: definitions that it refers to may have changed. */
    private boolean isAlone(JsonNode unchanged) {
        var references = unchanged.findValues("$ref");
        return unchanged.findValues("$dynamicRef").isEmpty()
                && references.stream().allMatch(it -> it.stringValue().startsWith("#/$defs/"))
                && (references.isEmpty() || Objects.equals(released.get("$defs"), current.get("$defs")));
    }

    private static boolean isForbidden(JsonNode schema) {
        return schema.isBoolean() && !schema.booleanValue();
    }

    private static String inside(String field, String name) {
        return field.isEmpty() ? name : field + "." + name;
    }

    private static String types(SchemaNode node) {
        return node.types().isEmpty() ? "any" : String.join(" or ", node.types());
    }

    private static Set<String> names(@Nullable JsonNode required) {
        var names = new LinkedHashSet<String>();
        if (required != null) {
            required.forEach(name -> names.add(name.stringValue()));
        }
        return names;
    }

    private static Set<JsonNode> set(JsonNode array) {
        return new LinkedHashSet<>(array.values());
    }

    private static <T> Set<T> difference(Set<T> all, Set<T> without) {
        var difference = new LinkedHashSet<>(all);
        difference.removeAll(without);
        return difference;
    }
}

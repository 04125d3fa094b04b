package dev.orderflow.events.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each kind of change to a schema, and what the check says of it. */
class SchemaCompatibilityTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String RELEASED = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "$id": "urn:orderflow:schema:dev.orderflow.box.packed.v1",
              "type": "object",
              "properties": {
                "id": {"type": "string", "format": "uuid"},
                "name": {"type": "string", "minLength": 1, "maxLength": 100},
                "code": {"type": "string", "pattern": "^[A-Z]{3}$"},
                "weight": {"type": "integer", "minimum": 1, "maximum": 1000},
                "note": {"type": ["string", "null"]},
                "kind": {"type": "string", "enum": ["SMALL", "LARGE"]},
                "wrap": {"const": "PAPER"},
                "gift": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Money"}]},
                "lines": {"type": "array", "minItems": 1, "maxItems": 10, "items": {"$ref": "#/$defs/Line"}}
              },
              "required": ["id", "name", "code", "weight", "kind", "lines"],
              "$defs": {
                "Line": {
                  "type": "object",
                  "properties": {"sku": {"type": "string"}, "price": {"$ref": "#/$defs/Money"}},
                  "required": ["sku", "price"]
                },
                "Money": {"type": "object", "properties": {"amount": {"type": "string"}}, "required": ["amount"]}
              }
            }
            """;

    private static final String BEFORE = ", which events published before may violate";

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("nothing", change(schema -> {})),
                arguments("an optional field is added", set("/properties/label", "{\"type\":[\"string\",\"null\"]}")),
                arguments(
                        "an optional field is added to a part",
                        set("/$defs/Line/properties/size", "{\"type\":\"integer\"}")),
                arguments("an optional field with a definition of its own is added", change(schema -> {
                    put(schema, "/properties/from", "{\"anyOf\":[{\"type\":\"null\"},{\"$ref\":\"#/$defs/Place\"}]}");
                    put(
                            schema,
                            "/$defs/Place",
                            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");
                })),
                arguments("a description is added", set("/properties/name/description", "\"of the box\"")),
                arguments("the title is changed", set("/title", "\"Packed\"")),
                arguments("the fields' order is changed", change(schema -> {
                    var fields = (ObjectNode) schema.get("properties");
                    fields.set("id", fields.remove("id"));
                })),
                arguments("a definition gets another name", change(schema -> {
                    put(schema, "/$defs/Item", schema.at("/$defs/Line").toString());
                    ((ObjectNode) schema.get("$defs")).remove("Line");
                    put(schema, "/properties/lines/items", "{\"$ref\":\"#/$defs/Item\"}");
                })),
                arguments(
                        "a definition is written in place",
                        change(schema -> put(
                                schema,
                                "/properties/lines/items",
                                schema.at("/$defs/Line").toString()))),
                arguments(
                        "a constant is written as a list of one value",
                        set("/properties/wrap", "{\"enum\":[\"PAPER\"]}")));
    }

    static Stream<Arguments> consumersFirst() {
        return Stream.of(
                arguments(
                        set("/properties/kind/enum", "[\"SMALL\",\"LARGE\",\"HUGE\"]"),
                        "kind: the values [\"HUGE\"] were added"),
                arguments(set("/properties/weight/minimum", "0"), "weight: minimum changed from 1 to 0"),
                arguments(set("/properties/weight/maximum", "2000"), "weight: maximum changed from 1000 to 2000"),
                arguments(set("/properties/name/maxLength", "200"), "name: maxLength changed from 100 to 200"),
                arguments(remove("/properties/name/minLength"), "name: minLength 1 was removed"),
                arguments(set("/properties/lines/maxItems", "11"), "lines: maxItems changed from 10 to 11"),
                arguments(remove("/properties/code/pattern"), "code: the pattern \"^[A-Z]{3}$\" was removed"));
    }

    static Stream<Arguments> refused() {
        var removed = ": the field was removed or renamed, which consumers released before still read";
        var lacking = ", which events published before may lack";
        return Stream.of(
                arguments(
                        change(schema -> {
                            put(schema, "/properties/label", "{\"type\":\"string\"}");
                            ((ArrayNode) schema.get("required")).add("label");
                        }),
                        "label: a required field was added" + lacking),
                arguments(
                        set("/$defs/Line/required", "[\"sku\",\"price\",\"size\"]"),
                        "lines[].size: a required field was added" + lacking),
                arguments(
                        change(schema -> ((ArrayNode) schema.get("required")).add("note")),
                        "note: the field became required" + lacking),
                arguments(
                        set("/required", "[\"id\",\"name\",\"code\",\"weight\",\"kind\"]"),
                        "lines: the field became optional, without which consumers released before fail"),
                arguments(remove("/properties/note"), "note" + removed),
                arguments(
                        change(schema -> {
                            var fields = (ObjectNode) schema.get("properties");
                            fields.set("remark", fields.remove("note"));
                        }),
                        "note" + removed),
                arguments(remove("/$defs/Line/properties/price"), "lines[].price" + removed),
                arguments(
                        set("/properties/weight/type", "\"number\""),
                        "weight: the type changed from integer to number"),
                arguments(
                        set("/properties/weight", "{\"type\":\"string\"}"),
                        "weight: the type changed from integer to string"),
                arguments(
                        set("/properties/note/type", "\"string\""),
                        "note: the type changed from string or null to string"),
                arguments(
                        set("/properties/name/type", "[\"string\",\"null\"]"),
                        "name: the type changed from string to string or null"),
                arguments(
                        set("/properties/gift", "{\"$ref\":\"#/$defs/Money\"}"),
                        "gift: the type changed from object or null to object"),
                arguments(
                        set("/$defs/Line/properties/sku/type", "\"integer\""),
                        "lines[].sku: the type changed from string to integer"),
                arguments(
                        set("/properties/kind/enum", "[\"SMALL\"]"),
                        "kind: the values [\"LARGE\"] were removed or renamed, which events published before may have"),
                arguments(
                        set("/properties/name/enum", "[\"X\"]"), "name: the list of values [\"X\"] was added" + BEFORE),
                arguments(
                        set("/properties/wrap/const", "\"FILM\""),
                        "wrap: the values [\"PAPER\"] were removed or renamed, which events published before may have"),
                arguments(set("/properties/weight/minimum", "2"), "weight: minimum changed from 1 to 2" + BEFORE),
                arguments(
                        set("/properties/weight/maximum", "999"), "weight: maximum changed from 1000 to 999" + BEFORE),
                arguments(
                        set("/properties/weight/exclusiveMaximum", "1000"),
                        "weight: exclusiveMaximum 1000 was added" + BEFORE),
                arguments(set("/properties/name/maxLength", "99"), "name: maxLength changed from 100 to 99" + BEFORE),
                arguments(set("/properties/name/minLength", "2"), "name: minLength changed from 1 to 2" + BEFORE),
                arguments(set("/properties/note/maxLength", "500"), "note: maxLength 500 was added" + BEFORE),
                arguments(set("/properties/lines/minItems", "2"), "lines: minItems changed from 1 to 2" + BEFORE),
                arguments(
                        set("/properties/code/pattern", "\"^[A-Z]{2,3}$\""),
                        "code: the pattern changed from \"^[A-Z]{3}$\" to \"^[A-Z]{2,3}$\"" + BEFORE),
                arguments(set("/properties/name/pattern", "\"^x\""), "name: the pattern \"^x\" was added" + BEFORE),
                arguments(
                        set("/properties/id/format", "\"uri\""),
                        "id: format changed from \"uuid\" to \"uri\", which is not comparable"),
                arguments(
                        remove("/properties/id/format"),
                        "id: format changed from \"uuid\" to null, which is not comparable"),
                arguments(
                        set("/properties/lines/uniqueItems", "true"),
                        "lines: uniqueItems changed from null to true, which is not comparable"),
                arguments(
                        set("/additionalProperties", "false"),
                        ": unknown fields are no longer allowed, which readers have to ignore"),
                arguments(
                        set("/$defs/Line/additionalProperties", "false"),
                        "lines[]: unknown fields are no longer allowed, which readers have to ignore"),
                arguments(
                        set("/$id", "\"urn:orderflow:schema:other\""),
                        ": $id changed, by which others know the schema"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void aChangeThatBreaksNobodyIsAccepted(String name, Consumer<ObjectNode> change) {
        assertThat(changes(change)).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("consumersFirst")
    void aWiderFieldAsksForConsumersFirst(Consumer<ObjectNode> change, String expected) {
        assertThat(changes(change)).containsExactly("CONSUMERS_FIRST " + expected);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void aChangeThatBreaksEventsOrConsumersIsRefused(Consumer<ObjectNode> change, String expected) {
        assertThat(changes(change)).containsExactly("REFUSED " + expected);
    }

    @Test
    void aRefusalSaysWhatToDo() {
        var type = "dev.orderflow.box.packed.v9";

        assertThat(new SchemaChange(SchemaChange.Verdict.REFUSED, "lines[].sku", "the field was removed")
                        .sentence(type))
                .isEqualTo("dev.orderflow.box.packed.v9, field lines[].sku: the field was removed. Undo it, or leave"
                        + " dev.orderflow.box.packed.v9 as it was released and add the version"
                        + " dev.orderflow.box.packed.v10.");
        assertThat(new SchemaChange(SchemaChange.Verdict.CONSUMERS_FIRST, "kind", "the values [X] were added")
                        .sentence(type))
                .isEqualTo("dev.orderflow.box.packed.v9, field kind: the values [X] were added. Deploy this version of"
                        + " all consumers before its publisher.");
    }

    @Test
    void aDefinitionThatSeveralFieldsUseIsReportedForEach() {
        assertThat(changes(set("/$defs/Money/properties/amount/maxLength", "30")))
                .containsExactlyInAnyOrder(
                        "REFUSED gift.amount: maxLength 30 was added" + BEFORE,
                        "REFUSED lines[].price.amount: maxLength 30 was added" + BEFORE);
    }

    @Test
    void aDefinitionThatContainsItselfIsCompared() {
        var tree = """
                {"$ref": "#/$defs/Tree", "$defs": {"Tree": {"type": "object", "properties":
                  {"size": {"type": "integer"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}}}}}
                """;
        var other = tree.replace("integer", "string");

        assertThat(SchemaCompatibility.changes(JSON.readTree(tree), JSON.readTree(tree)))
                .isEmpty();
        assertThat(SchemaCompatibility.changes(JSON.readTree(tree), JSON.readTree(other)))
                .extracting(SchemaChange::field)
                .containsExactly("size", "parts[].size");
    }

    @Test
    void anUnknownKeywordMayReferOnlyToWhatIsUnchanged() {
        var choice = """
                {"oneOf": [{"$ref": "#/$defs/A"}, {"type": "string"}], "$defs": {"A": {"type": "integer"}}}
                """;
        var other = choice.replace("integer", "boolean");

        assertThat(SchemaCompatibility.changes(JSON.readTree(choice), JSON.readTree(choice)))
                .isEmpty();
        assertThat(SchemaCompatibility.changes(JSON.readTree(choice), JSON.readTree(other)))
                .extracting(SchemaChange::verdict)
                .containsExactly(SchemaChange.Verdict.REFUSED);
    }

    private static Stream<String> changes(Consumer<ObjectNode> change) {
        var released = JSON.readTree(RELEASED);
        var current = (ObjectNode) JSON.readTree(RELEASED);
        change.accept(current);
        return SchemaCompatibility.changes(released, current).stream()
                .map(it -> it.verdict() + " " + it.field() + ": " + it.what());
    }

    private static Consumer<ObjectNode> change(Consumer<ObjectNode> change) {
        return change;
    }

    private static Consumer<ObjectNode> set(String pointer, String value) {
        return schema -> put(schema, pointer, value);
    }

    private static Consumer<ObjectNode> remove(String pointer) {
        var at = JsonPointer.compile(pointer);
        return schema -> ((ObjectNode) schema.at(at.head())).remove(at.last().getMatchingProperty());
    }

    private static void put(JsonNode schema, String pointer, String value) {
        var at = JsonPointer.compile(pointer);
        ((ObjectNode) schema.at(at.head())).set(at.last().getMatchingProperty(), JSON.readTree(value));
    }
}

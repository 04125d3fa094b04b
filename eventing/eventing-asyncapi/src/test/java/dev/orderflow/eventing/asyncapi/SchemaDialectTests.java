package dev.orderflow.eventing.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SchemaDialectTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SchemaDialect dialect = new SchemaDialect("box.packed.v1", "#/components/schemas/box.packed.v1");

    @Test
    void definitionsMoveWithTheirReferences() {
        var translated = translate("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:box", "type": "object",
                 "properties": {"size": {"$ref": "#/$defs/Size"}, "inner": {"$ref": "#"}},
                 "$defs": {"Size": {"type": "integer"}}}
                """);

        assertThat(translated).isEqualTo(JSON.readTree("""
                {"type": "object",
                 "properties": {"size": {"$ref": "#/components/schemas/box.packed.v1/definitions/Size"},
                                "inner": {"$ref": "#/components/schemas/box.packed.v1"}},
                 "definitions": {"Size": {"type": "integer"}}}
                """));
    }

    @Test
    void keywordsBesideAReferenceStillCount() {
        var translated = translate("""
                {"$ref": "#/$defs/Size", "maximum": 3, "allOf": [{"minimum": 1}]}
                """);

        assertThat(translated.has("$ref")).isFalse();
        assertThat(translated.get("maximum").intValue()).isEqualTo(3);
        assertThat(translated.get("allOf")).hasSize(2);
        assertThat(translated.at("/allOf/0/$ref").stringValue())
                .isEqualTo("#/components/schemas/box.packed.v1/definitions/Size");
    }

    @Test
    void schemasWithinSchemasAreTranslatedAndDataIsNot() {
        var translated = translate("""
                {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Size"}], "items": {"$ref": "#/$defs/Size"},
                 "additionalProperties": false, "enum": [{"$ref": "#/$defs/Size"}]}
                """);

        var moved = "#/components/schemas/box.packed.v1/definitions/Size";
        assertThat(translated.at("/anyOf/1/$ref").stringValue()).isEqualTo(moved);
        assertThat(translated.at("/items/$ref").stringValue()).isEqualTo(moved);
        assertThat(translated.get("additionalProperties").booleanValue()).isFalse();
        assertThat(translated.at("/enum/0/$ref").stringValue()).isEqualTo("#/$defs/Size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prefixItems\": []}",
                "{\"properties\": {\"size\": {\"dependentRequired\": {}}}}",
                "{\"not\": {\"unevaluatedProperties\": false}}",
                "{\"$ref\": \"https://example.com/size\"}"
            })
    void whatTheDialectCannotExpressIsRefused(String schema) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> translate(schema))
                .withMessageContaining("the schema of box.packed.v1");
    }

    @Test
    void aPropertyMayHaveTheNameOfAKeyword() {
        assertThat(translate("{\"properties\": {\"prefixItems\": {\"type\": \"string\"}}}")
                        .at("/properties/prefixItems/type")
                        .stringValue())
                .isEqualTo("string");
    }

    private JsonNode translate(String schema) {
        return dialect.translate((ObjectNode) JSON.readTree(schema));
    }
}

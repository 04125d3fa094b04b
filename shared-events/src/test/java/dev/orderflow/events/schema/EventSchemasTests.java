package dev.orderflow.events.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.orderflow.events.Topics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventSchemasTests {

    private static final String REGENERATE =
            "mvn -B -pl shared-events -am test -Dtest=EventSchemasTests -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dschemas=write";

    private static final boolean WRITING = "write".equals(System.getProperty("schemas"));

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void theCommittedSchemasAreThoseOfTheRecords() {
        var generated = generated();
        if (WRITING) {
            SchemaFiles.CURRENT.write(generated);
        }

        assertThat(SchemaFiles.CURRENT.read())
                .as("schemas differ from their records; write them with: " + REGENERATE)
                .isEqualTo(generated);
    }

    @Test
    void anEventsSchemaIsFoundByItsTypeOnTheClassPath() throws IOException {
        assumeThat(WRITING).as("the class path has the schemas as they were").isFalse();
        for (var type : EventCatalog.events().keySet()) {
            try (var resource = EventSchemasTests.class.getResourceAsStream("/schemas/" + type + ".json")) {
                assertThat(resource).as(type).isNotNull();
                assertThat(json.readTree(resource).get("$id").stringValue()).isEqualTo("urn:orderflow:schema:" + type);
            }
        }
    }

    @Test
    void everyTopicsEventsHaveSchemas() {
        assertThat(Arrays.stream(Topics.class.getFields())
                        .filter(field -> !field.getName().endsWith("_SERVICE"))
                        .map(EventSchemasTests::value))
                .containsExactlyInAnyOrderElementsOf(EventCatalog.topics());
    }

    @Test
    void aSchemaStatesFormatsBoundsAndValues() {
        var placed = json.readTree(generated().get("dev.orderflow.order.placed.v1"));

        assertThat(placed.at("/$schema").stringValue()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(placed.at("/required"))
                .extracting(JsonNode::stringValue)
                .containsExactlyInAnyOrder("orderId", "customerId", "lines", "total", "paymentMethod", "at");
        assertThat(placed.at("/properties/orderId/format").stringValue()).isEqualTo("uuid");
        assertThat(placed.at("/properties/at/format").stringValue()).isEqualTo("date-time");
        assertThat(placed.at("/properties/customerId/maxLength").intValue()).isEqualTo(100);
        assertThat(placed.at("/properties/lines/minItems").intValue()).isEqualTo(1);
        assertThat(placed.at("/properties/lines/maxItems").intValue()).isEqualTo(1000);
        assertThat(placed.at("/$defs/PaymentMethod/enum"))
                .extracting(JsonNode::stringValue)
                .containsExactly("CARD", "CARD_DECLINED");
        assertThat(placed.at("/$defs/OrderLine/properties/quantity/minimum").intValue())
                .isEqualTo(1);
        assertThat(placed.at("/$defs/OrderLine/properties/quantity/maximum").intValue())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(placed.at("/$defs/Money/properties/amount/type").stringValue())
                .isEqualTo("string");
        assertThat(placed.at("/$defs/Money/properties/amount/pattern").stringValue())
                .isEqualTo("^(-?[0-9]{1,30}(\\.[0-9]{1,30})?)$");
        assertThat(placed.at("/$defs/Money/properties/currency/pattern").stringValue())
                .isEqualTo("^([A-Z]{3})$");
        assertThat(placed.findValues("additionalProperties")).isEmpty();
    }

    private static SortedMap<String, String> generated() {
        var generation = new SchemaGeneration();
        var texts = new TreeMap<String, String>();
        EventCatalog.events().forEach((type, event) -> texts.put(type, generation.text(type, event)));
        return texts;
    }

    private static Object value(Field constant) {
        try {
            return constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

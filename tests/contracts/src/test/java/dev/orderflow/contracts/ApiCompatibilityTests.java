package dev.orderflow.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes one place of {@code boxes.json} at a time. */
class ApiCompatibilityTests {

    private final String boxes = boxes();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "/boxes/{id}": {     | "/boxes/{id}/old": { | GET /boxes/{id} was released and is gone
                    "name": "unit"       | "name": "units"      | no longer takes the parameter unit
                    "required": false    | "required": true     | the parameter Idempotency-Key
                    "MM", "INCH"         | "MM"                 | the parameter unit
                    "MM", "INCH" ] }     | "MM", "INCH" ] } }, { "name": "tenant", "in": "query", "required": true, "schema": { "type": "string" } | requires the new parameter tenant
                    [ "name" ]           | [ "name", "width" ]  | the request's body has changed incompatibly (required)
                    "maxLength": 100     | "maxLength": 50      | the request's body, field name has changed incompatibly (maxLength)
                    "minimum": 1         | "minimum": 2         | the request's body, field width has changed incompatibly (numericRange)
                    "maxItems": 10       | "maxItems": 5        | the request's body, field tags has changed incompatibly (maxItems)
                    "width": { "type": "integer" | "width": { "type": "string" | the request's body, field width has changed incompatibly (type
                    "name": { "type": "string", "maxLength": 100 }, | `` | the request's body has lost the field name
                    "id": { "type": "string" }, | ``          | the answer 201 has lost the field id
                    "id": { "type": "string" }  | "id": { "type": "integer" } | the answer 200, field id has changed incompatibly (type
                    "sku": { "type": "string" }, | ``         | the answer 201, field lines, each item has lost the field sku
                    "OPEN", "CLOSED"     | "OPEN", "CLOSED", "LOST" | the answer 200, field state has changed incompatibly (enum)
                    [ "id", "state" ]    | [ "id" ]             | the answer 201 has changed incompatibly (required)
                    "state": { "type": "string" | "state": { "type": [ "string", "null" ] | field state has changed incompatibly (nullable)
                    "409": { "description": "Conflict" } | "410": { "description": "Gone" } | no longer answers 409
                    """)
    void aBreakingChangeIsRefused(String released, String current, String sentence) {
        assertThat(refusals(released, current))
                .anySatisfy(refusal -> assertThat(refusal)
                        .startsWith("boxes: ")
                        .contains(sentence)
                        .contains("keep"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "id": { "type": "string" },  | "id": { "type": "string" }, "weight": { "type": "integer" },
                    "name": { "type": "string",  | "colour": { "type": "string" }, "name": { "type": "string",
                    [ "name" ]                   | [ ]
                    "maxLength": 100             | "maxLength": 200
                    "MM", "INCH"                 | "MM", "INCH", "FOOT"
                    "OPEN", "CLOSED"             | "OPEN"
                    [ "id", "state" ]            | [ "id", "state", "lines" ]
                    "type": [ "string", "null" ] | "type": "string"
                    "Conflict" }                 | "Conflict" }, "429": { "description": "Busy" }
                    "MM", "INCH" ] } }           | "MM", "INCH" ] } }, { "name": "X-Request-Id", "in": "header", "schema": { "type": "string" } }
                    "title": "Boxes"             | "title": "Cartons"
                    """)
    void aCompatibleChangeIsAccepted(String released, String current) {
        assertThat(refusals(released, current)).isEmpty();
    }

    @Test
    void aNewEndpointIsAccepted() {
        assertThat(
                        refusals(
                                "\"/boxes\": {",
                                "\"/lids\": { \"get\": { \"responses\": { \"200\": { \"description\": \"All\" } } } }, \"/boxes\": {"))
                .isEmpty();
    }

    private List<String> refusals(String released, String current) {
        assertThat(boxes).contains(released);
        return ApiCompatibility.refusals("boxes", boxes, boxes.replace(released, current));
    }

    private static String boxes() {
        try (var resource = Objects.requireNonNull(ApiCompatibilityTests.class.getResourceAsStream("/boxes.json"))) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

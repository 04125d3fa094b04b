package dev.orderflow.eventing.schemas.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaCheckTests {

    private static final String VALID = """
            {"id":"01a1fdd5-ce7b-7411-b0be-d0a8e168ee48","name":"Zoë \\"Z\\"","at":"2026-11-21T13:11:20.123Z","kind":"CARD",
             "lines":[{"sku":"85123A","quantity":6,"price":{"amount":"2.55","currency":"GBP"}},
                      {"sku":"A b","quantity":2147483647,"price":{"amount":"-1","currency":"JPY"}, "extra":[1,{"a":"]"}]}],
             "note":null,"price":{"amount":"0.1","currency":"EUR"},"gift":true,"unknown":{"deep":[true,null,"}"]}}
            """;

    /** Fragments that replace others, so that mutated documents often remain JSON. */
    private static final List<String> FRAGMENTS = List.of(
            "null",
            "true",
            "\"\"",
            "\"GBP\"",
            "\"2.5\"",
            "0",
            "-1",
            "1.0",
            "1e3",
            "99999999999999999999",
            "[]",
            "{}",
            "\"\\u0041\"",
            "\"2026-02-29T00:00:00Z\"",
            "\"2026-13-01T00:00:00Z\"",
            "\"CASH\"",
            "\"x\\n\"",
            "2147483648",
            "\"2026-11-21T13:11:20+01:00\"",
            "[1]",
            "\"A\"",
            "\"01A1FDD5-CE7B-7411-B0BE-D0A8E168EE48\"");

    private static final String WORTH_REPLACING = "0123456789\"{}[],:GBPa\\-. ";

    private final JsonMapper json = JsonMapper.builder().build();
    private final JsonNode schema = read("/documents/order.schema.json");
    private final SchemaCheck check = SchemaCheck.of(schema);
    private final Schema complete = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()))
            .getSchema(schema);

    @Test
    void aUsualDocumentIsValidWithoutTheCompleteValidator() {
        assertThat(check.isValid(VALID.getBytes(UTF_8))).isTrue();
        assertThat(complete.validate(json.readTree(VALID))).isEmpty();
    }

    /**
     * The check is never wrong when it says valid. Mutates one to three places of a valid document: values are replaced by values
     * of other kinds, and single characters by others.
     */
    @Test
    void whatIsValidHereIsValidForTheCompleteValidator() {
        var random = new Random(11);
        var accepted = 0;
        var rejected = 0;
        for (var number = 0; number < 30_000; number++) {
            var text = mutated(random);
            try {
                var isValid = complete.validate(json.readTree(text)).isEmpty();
                if (check.isValid(text.getBytes(UTF_8))) {
                    assertThat(isValid).as(text).isTrue();
                    accepted++;
                } else {
                    rejected += isValid ? 0 : 1;
                }
            } catch (JacksonException e) {
                assertThat(e.getOriginalMessage()).isNotEmpty(); // Not JSON: the reader of the record refuses it.
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
        assertThat(rejected).isGreaterThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "{\"",
                "{\"id\"",
                "{\"id\":",
                "{\"id\":\"",
                "{\"x\":\"\\",
                "{\"x\":[{",
                "null",
                "{}{}",
                "{\"\\u0069d\":1}"
            })
    void aFragmentIsNeverValid(String document) {
        assertThat(check.isValid(document.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"number\"}",
                "{\"type\":\"string\",\"contentEncoding\":\"base64\"}",
                "{\"type\":\"integer\",\"multipleOf\":2}",
                "{\"type\":\"object\",\"additionalProperties\":false}",
                "{\"$ref\":\"other.json\"}",
                "{\"$defs\":{\"A\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/A\"}}},\"$ref\":\"#/$defs/A\"}",
                "{\"oneOf\":[]}",
                "{}",
                "{\"type\":\"object\",\"required\":[\"a\"]}",
                "{\"type\":\"integer\",\"minimum\":0.5}"
            })
    void aSchemaWithOtherKeywordsIsLeftToTheCompleteValidator(String other) {
        var doubtful = SchemaCheck.of(json.readTree(other));

        for (var document : List.of("1", "\"a\"", "{}", "{\"a\":1}", "[[1]]")) {
            assertThat(doubtful.isValid(document.getBytes(UTF_8))).as(document).isFalse();
        }
    }

    private static String mutated(Random random) {
        var text = new StringBuilder(VALID.strip());
        for (var times = 1 + random.nextInt(3); times > 0; times--) {
            if (random.nextBoolean()) {
                replaceValue(text, random);
            } else {
                text.setCharAt(
                        random.nextInt(text.length()),
                        WORTH_REPLACING.charAt(random.nextInt(WORTH_REPLACING.length())));
            }
        }
        return text.toString();
    }

    private static void replaceValue(StringBuilder text, Random random) {
        var colon = text.indexOf(":", random.nextInt(text.length()));
        if (colon < 0) {
            return;
        }
        var end = colon + 1;
        var quoted = false;
        while (end < text.length() && (quoted || ",}]".indexOf(text.charAt(end)) < 0)) {
            quoted ^= text.charAt(end) == '"';
            end++;
        }
        text.replace(colon + 1, end, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
    }

    private JsonNode read(String name) {
        try (var stream = SchemaCheckTests.class.getResourceAsStream(name)) {
            return json.readTree(stream);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.orderflow.eventing.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.eventing.EventMetadata;
import dev.orderflow.eventing.routes.RoutesProperties.Definition;
import dev.orderflow.eventing.routes.RoutesProperties.From;
import dev.orderflow.eventing.routes.Term.UnsuitableValueException;
import dev.orderflow.eventing.wire.CloudEventHeaders;
import dev.orderflow.eventing.wire.ReceivedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTests {

    private static final String WITH_SCHEMA = "test.stock.changed.v1";
    private static final String WITHOUT_SCHEMA = "test.stock.counted.v1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            available < 5                                           | true
            data.available < 5                                      | true
            data['available'] <= 4                                  | true
            available > 4                                           | false
            available >= 4 and sku == 'A-1'                         | true
            available == 4.0                                        | true
            available > -1                                          | true
            available != 4                                          | false
            not (available < 5)                                     | false
            !blocked                                                | true
            blocked or available < 3 or sku < 'B'                   | true
            place.hall == 'north' && data.place.shelf == 3          | true
            lots[1].hall == 'south'                                 | true
            lots[7].hall == null                                    | true
            place.shelf != null                                     | true
            attributes['tenantid'] == 'shop'                        | true
            attributes.tenantid == 'other'                          | false
            attributes['unknown'] == null                           | true
            attributes.type == 'test.stock.changed.v1'              | true
            attributes.subject == 'warehouse' and attributes.priority == 'normal' | true
            'it''s' == 'it''s'                                      | true
            true                                                    | true
            """)
    void anExpressionIsTrueOrFalse(String expression, boolean expected) {
        var data = """
                {"sku": "A-1", "available": 4, "blocked": false, "place": {"hall": "north", "shelf": 3},
                 "lots": [{"hall": "north"}, {"hall": "south"}]}
                """;

        assertThat(route(WITH_SCHEMA, expression).matches(facts(data))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "available < 0",
                "available > 0",
                "available <= 0",
                "place.shelf >= 0",
                "blocked",
                "sku < 'x'",
                "sku == ''"
            })
    void aMissingValueMeetsNoCondition(String expression) {
        assertThat(route(WITH_SCHEMA, expression).matches(facts("{\"available\": null}")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            available < 'x'                        | compares a number with text
            sku < 5                                | compares text with a number
            attributes['sequence'] > 5             | compares text with a number
            blocked > false                        | compares true or false with true or false
            place == 'x'                           | compares an object with text
            lots == null                           | compares a list with null
            available                              | needs a condition, but has a number
            'text'                                 | needs a condition, but has text
            available < 5 and sku                  | needs a condition, but has text
            not available                          | needs a condition, but has a number
            availabel < 5                          | names the property availabel, which the schema of test.stock.changed.v1 does not have, but [available, blocked, lots, place, sku]
            place.room == 'x'                      | names the property room, which the schema of test.stock.changed.v1 does not have, but [hall, shelf]
            sku.length > 3                         | asks for length of text
            place[0] == 1                          | asks for 0 of an object
            available <                            | is not an expression:
            available < 5)                         | is not an expression:
            'open                                  | is not an expression:
            attributes == null                     | needs the name of one attribute
            attributes['Tenant-Id'] == 'x'         | needs the name of one attribute
            attributes.tenantid.length > 3         | needs the name of one attribute
            T(java.lang.Runtime).runtime.exec('x') == 1     | but only paths
            T(java.lang.System) == null            | contains T(java.lang.System), but only paths
            new java.io.File('/') == null          | contains new java.io.File('/'), but only paths
            @dataSource == null                    | contains @dataSource, but only paths
            null == #root                          | contains #root, but only paths
            'x' == #this.sku                       | but only paths
            data.toString() == 'x'                 | contains toString(), but only paths
            sku.getClass().name == 'x'             | contains getClass(), but only paths
            sku matches '(a+)+$'                   | contains (sku matches '(a+)+$'), but only paths
            sku instanceof T(String)               | contains (sku instanceof T(String)), but only paths
            available between {1, 9}               | but only paths
            available = 5                          | contains available=5, but only paths
            available++ == 1                       | but only paths
            'a' * 1000000 == 'b'                   | contains ('a' * 1000000), but only paths
            available ^ 99999 > 1                  | contains (available ^ 99999), but only paths
            sku + sku == 'aa'                      | contains (sku + sku), but only paths
            available / 0 == 1                     | contains (available / 0), but only paths
            {1, 2}.size == 2                       | contains {1,2}, but only paths
            lots.?[true].size == 1                 | but only paths
            lots.![hall] == null                   | but only paths
            lots[available].hall == 'x'            | contains [available], but only paths
            available < 5 ? true : false           | but only paths
            sku ?: 'x'                             | but only paths
            (available < 5) == 1                   | compares true or false with a number
            """)
    void aWrongOrHostileExpressionIsRefusedWithASentence(String expression, String problem) {
        assertThatThrownBy(() -> route(WITH_SCHEMA, expression))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageStartingWith("The route low has the when \"" + expression + "\", which ")
                .hasMessageContaining(problem);
    }

    @Test
    void anExpressionIsBounded() {
        assertThatThrownBy(() -> route(WITH_SCHEMA, " ")).hasMessageEndingWith("which is empty");
        assertThatThrownBy(() -> route(WITH_SCHEMA, "sku == '" + "x".repeat(500) + "'"))
                .hasMessageEndingWith("which has more than 500 characters");
        assertThatThrownBy(() -> route(WITH_SCHEMA, "!".repeat(480) + "blocked"))
                .hasMessageEndingWith("which is nested more than 20 deep");
        for (var nested : new String[] {"(", "[", "{", "a("}) {
            assertThatThrownBy(() -> route(WITH_SCHEMA, nested.repeat(240) + "1"))
                    .hasMessageEndingWith("which is nested more than 20 deep");
        }
        assertThatThrownBy(() -> route(WITH_SCHEMA, "(1")).hasMessageContaining("which is not an expression: ");
        assertThatThrownBy(() -> route(WITH_SCHEMA, "'" + "(".repeat(400) + "' ("))
                .hasMessageContaining("which is not an expression: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            available < 5           | {"available": "4"}     | it compares text with a number
            available == 5          | {"available": [5]}     | it compares a list with a number
            available.count == 5    | {"available": 4}       | count is asked of a number
            available[0] == 5       | {"available": {}}      | 0 is asked of an object
            flag                    | {"flag": "true"}       | true or false is needed, but there is text
            flag > other            | {"flag": true, "other": true} | it compares true or false with true or false
            """)
    void anEventWithUnsuitableValuesIsNeitherSkippedNorPublished(String expression, String data, String problem) {
        var facts = facts(data);

        assertThatThrownBy(() -> route(WITHOUT_SCHEMA, expression).matches(facts))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage(problem);
    }

    @Test
    void hugeNumbersCostNothing() {
        assertThat(route(WITHOUT_SCHEMA, "a < b").matches(facts("{\"a\": 1e900000000, \"b\": 2e900000000}")))
                .isTrue();
        assertThat(route(WITHOUT_SCHEMA, "a == 1").matches(facts("{\"a\": 1e-900000000}")))
                .isFalse();
    }

    @Test
    void theKeyIsAPropertyOrAnAttribute() {
        var facts = facts("{\"sku\": \"A-1\", \"available\": 4}");

        assertThat(keyed("data.sku").keyIn(facts, "own")).isEqualTo("A-1");
        assertThat(keyed("available").keyIn(facts, "own")).isEqualTo("4");
        assertThat(keyed("available").keyIn(facts("{\"available\": 1.50e3}"), "own"))
                .isEqualTo("1500");
        assertThatThrownBy(() -> keyed("available").keyIn(facts("{\"available\": 1e900000000}"), "own"))
                .hasMessage("its key is a number of more than 200 digits");
        assertThat(keyed("attributes.tenantid").keyIn(facts, "own")).isEqualTo("shop");
        assertThat(route(WITH_SCHEMA, "true").keyIn(facts, "own")).isEqualTo("own");
        assertThatThrownBy(() -> keyed("sku").keyIn(facts("{}"), "own"))
                .hasMessage("its key is neither text nor a number");
        assertThatThrownBy(() -> keyed("'fixed'")).hasMessageEndingWith("is not a property of data or an attribute");
        assertThatThrownBy(() -> keyed("place")).hasMessageEndingWith("needs text or a number, but has an object");
    }

    private static Route route(String type, String when) {
        return Route.of(definition(type, when, null), new DataShapes());
    }

    private static Route keyed(String key) {
        return Route.of(definition(WITH_SCHEMA, "true", key), new DataShapes());
    }

    private static Definition definition(String type, String when, @Nullable String key) {
        return new Definition("low", new From("test-stock", type, null), when, "test-alerts", null, key);
    }

    private static Facts facts(String data) {
        var metadata = EventMetadata.of(UUID.randomUUID(), WITH_SCHEMA, "test", "warehouse", Instant.EPOCH);
        var headers = new RecordHeaders(CloudEventHeaders.of(metadata));
        headers.add("ce_tenantid", "shop".getBytes(StandardCharsets.UTF_8));
        return new ReceivedFacts(metadata, new ReceivedEvent(headers, data.getBytes(StandardCharsets.UTF_8)));
    }
}

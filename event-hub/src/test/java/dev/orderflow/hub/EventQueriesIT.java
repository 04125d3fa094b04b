package dev.orderflow.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries over HTTP. */
class EventQueriesIT extends HubFixture {

    @Test
    void pagesAreNewestFirstAndLeaveOutNothing() {
        HubTopics.send(IntStream.rangeClosed(1, 23)
                .mapToObj(sequence -> event("t.v1").sequence(sequence).data("{\"n\":" + sequence + "}"))
                .toArray(HubRecord[]::new));
        awaitStored(key, 23);

        var seen = new ArrayList<Long>();
        var query = "key=" + key + "&limit=5";
        for (var cursor = ""; cursor != null; ) {
            var page = get(query + cursor);
            page.get("items").forEach(item -> seen.add(item.get("sequence").asLong()));
            assertThat(page.get("items").size()).isLessThanOrEqualTo(5);
            cursor = page.get("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.get("nextCursor").asString();
        }

        assertThat(seen)
                .isEqualTo(IntStream.rangeClosed(1, 23).mapToObj(n -> 24L - n).toList());
    }

    @Test
    void aPageIsBoundedByBytes() {
        HubTopics.send(IntStream.rangeClosed(1, 6)
                .mapToObj(sequence -> event("t.v1").sequence(sequence).data("\"" + "x".repeat(900_000) + "\""))
                .toArray(HubRecord[]::new));
        awaitStored(key, 6);

        var page = get("key=" + key + "&limit=200");

        assertThat(page.get("items").size()).isEqualTo(3);
        assertThat(page.get("nextCursor").isNull()).isFalse();
    }

    @Test
    void conditionsHoldTogether() {
        var flow = HubRecord.newKey();
        var cause = HubRecord.newKey();
        HubTopics.send(
                event("one.v1").data("{\"total\":{\"amount\":\"15.30\"},\"lines\":[{\"quantity\":2}]}"),
                event("two.v1").sequence(2).within(flow, cause, null).data("{\"lines\":[{\"quantity\":3}]}"),
                event("two.v1").sequence(3).data(new byte[] {1, 2}));
        awaitStored(key, 3);

        assertThat(types("key=" + key)).containsExactlyInAnyOrder("one.v1", "two.v1", "two.v1");
        assertThat(types("key=" + key + "&type=one.v1")).containsExactly("one.v1");
        assertThat(types("correlationId=" + flow)).containsExactly("two.v1");
        assertThat(types("key=" + key + "&path=" + encoded("$.total.amount == \"15.30\"")))
                .containsExactly("one.v1");
        assertThat(types("key=" + key + "&path=" + encoded("exists($.lines[*] ? (@.quantity > 2))")))
                .containsExactly("two.v1");
        assertThat(types("key=" + key + "&from=2099-01-01T00:00:00Z")).isEmpty();
        assertThat(types("key=" + key + "&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(types("key=" + key + "&from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z"))
                .hasSize(3);
    }

    @Test
    void anEventIsShownWithItsPayloadAndPlaceInItsStream() {
        var event = event("t.v1").sequence(7).within("flow", "cause", null).data("{\"a\":[1,null]}");
        HubTopics.send(event);
        awaitStored(key, 1);

        var item = get("key=" + key).get("items").get(0);

        assertThat(item.get("id").asString()).isEqualTo(event.id());
        assertThat(item.get("data")).isEqualTo(JsonMapper.shared().readTree("{\"a\":[1,null]}"));
        assertThat(item.get("topic").asString()).isEqualTo("order-events");
        assertThat(item.get("source").asString()).isEqualTo("order-service");
        assertThat(item.get("correlationId").asString()).isEqualTo("flow");
        assertThat(item.get("causationId").asString()).isEqualTo("cause");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.a'; DROP TABLE event; --",
                "$) OR (true",
                "' || pg_sleep(10) || '",
                "$.a == 1)::text, (SELECT version",
                "$.",
                ":key",
                "?"
            })
    void aPathThatIsNoneIsRefused(String path) {
        http().get()
                .uri("/api/events?path={path}", path)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid_path");
    }

    /** PostgreSQL would refuse the comparison by an error after which the pool drops the connection. */
    @Test
    void timesWithAndWithoutAZoneCompare() {
        HubTopics.send(event("t.v1").data("{\"a\":\"2020-01-01T00:00:00+01:00\"}"));
        awaitStored(key, 1);

        http().get()
                .uri("/api/events?key={key}&path={path}", key, "$.a.datetime() < \"2020-01-02\".datetime()")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1);
    }

    @Test
    void aPathThatFailsOnAnEventIsRefused() {
        HubTopics.send(event("t.v1").data("{\"a\":1}"));
        awaitStored(key, 1);

        http().get()
                .uri("/api/events?key={key}&path={path}", key, "$x == 1")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid_path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "' OR '1'='1", "%", "\\", "$1", ":tenant", "{}"})
    void textIsNeverSql(String text) {
        for (var name : new String[] {"key", "type", "correlationId"}) {
            assertThat(get(name + "=" + encoded(text)).get("items").isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, 400",
        "limit=201, 400",
        "cursor=x, 400",
        "from=yesterday, 400",
        "from=%2B1000000000-12-31T23:59:59Z, 200",
        "to=-1000000000-01-01T00:00:00Z, 200"
    })
    void valuesOutOfBoundsAreAnsweredClearly(String query, int status) {
        http().get()
                .uri(URI.create("http://127.0.0.1:" + port + "/api/events?" + query))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void aQueryThatTakesTooLongIsRefused() {
        HubTopics.send(event("t.v1").data("{\"a\":[" + "1,".repeat(40_000) + "1]}"));
        awaitStored(key, 1);

        // Compares each element with each other one.
        http().get()
                .uri(
                        "/api/events?key={key}&path={path}",
                        Map.of("key", key, "path", "exists($.a[*] ? (exists($.a[*] ? (@ == 2))))"))
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("query_too_expensive");
    }

    private HubRecord event(String type) {
        return HubRecord.of("order-events", type, "order-service", key);
    }

    private List<String> types(String query) {
        return get(query)
                .get("items")
                .valueStream()
                .map(item -> item.get("type").asString())
                .toList();
    }

    private JsonNode get(String query) {
        var body = http().get()
                .uri(URI.create("http://127.0.0.1:" + port + "/api/events?" + query))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

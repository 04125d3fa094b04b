package dev.orderflow.inventory.stock;

import static dev.orderflow.inventory.stock.OrderEvents.line;
import static dev.orderflow.inventory.stock.OrderEvents.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.edge.test.CommittedApi;
import dev.orderflow.edge.test.PublishedAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@StockServiceTest
class StockControllerIT {

    private final RestTestClient client;
    private final Stockroom stockroom;

    StockControllerIT(@Autowired RestTestClient client, @Autowired Stockroom stockroom) {
        this.client = client;
        this.stockroom = stockroom;
    }

    @Test
    void aProductIsAddedAndReadAgain() {
        var sku = "NEW " + UUID.randomUUID();

        put(sku, "{\"available\": 12}")
                .expectStatus()
                .isCreated()
                .expectBody(StockLevel.class)
                .isEqualTo(new StockLevel(sku, 12, 0, 0));

        get(sku).expectStatus().isOk().expectBody().json(String.format(Locale.ROOT, """
                {"sku": "%s", "available": 12, "reserved": 0, "sold": 0}""", sku));
        assertThat(stockroom.adjustments(sku)).containsExactly(12L);
    }

    @Test
    void settingAvailableLeavesReservationsAloneAndWritesTheDifferenceToTheLedger() {
        var sku = stockroom.newSku(10);
        stockroom.consume(List.of(placed(line(sku, 4))));

        put(sku, "{\"available\": 1}")
                .expectStatus()
                .isOk()
                .expectBody(StockLevel.class)
                .isEqualTo(new StockLevel(sku, 1, 4, 0));
        put(sku, "{\"available\": 1}").expectStatus().isOk();
        put(sku, "{\"available\": 1000000000000}").expectStatus().isOk();

        assertThat(stockroom.adjustments(sku)).containsExactly(10L, -5L, 0L, 999_999_999_999L);
    }

    @Test
    void anUnknownProductIsNotFound() {
        var sku = "NONE-" + UUID.randomUUID();

        problem(get(sku), HttpStatus.NOT_FOUND, "unknown_sku")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains(sku));
        assertThat(stockroom.adjustments(sku)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"available\": \"7\"}",
                "{\"available\": 1.5}",
                "{\"available\": true}",
                "{\"available\": [1]}",
                "{\"available\": {}}",
                "{\"available\": 99999999999999999999}",
                "{\"available\": 1e400}",
                "{\"available\": null}",
                "{}",
                "{\"avaliable\": 7}",
                "{\"available\": -1}",
                "{\"available\": 1000000000001}"
            })
    void aWrongNumberIsRefusedByName(String body) {
        var sku = stockroom.newSku(3);

        problem(put(sku, body), HttpStatus.BAD_REQUEST, "validation_failed")
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].field")
                .isEqualTo("available")
                .jsonPath("$.errors[0].message")
                .isNotEmpty()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail).startsWith("available ").doesNotContainIgnoringCase("java"));

        assertThat(stockroom.level(sku)).isEqualTo(new StockLevel(sku, 3, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"available\": }", "{\"available\": 7", "available=7", "[]", "7", "null", "{} {}"})
    void aBodyThatIsNotAJsonObjectIsRefused(String body) {
        problem(put("X", body), HttpStatus.BAD_REQUEST, "malformed_json")
                .jsonPath("$.errors")
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "A\t", ".a", "a\"b", "ä", "123456789012345678901234567890123456789012345678901"})
    void anInvalidSkuIsRefused(String sku) {
        for (var response : List.of(get(sku), put(sku, "{\"available\": 1}"))) {
            problem(response, HttpStatus.BAD_REQUEST, "validation_failed")
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("sku");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit,validation_failed",
        "limit=1001,limit,validation_failed",
        "limit=ten,limit,validation_failed",
        "cursor=!,cursor,invalid_cursor",
        "cursor=AA,cursor,invalid_cursor"
    })
    void aWrongParameterIsRefusedByName(String query, String field, String code) {
        problem(client.get().uri("/api/inventory?" + query).exchange(), HttpStatus.BAD_REQUEST, code)
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void otherMistakesAreProblemsWithACodeToo() {
        problem(client.post().uri("/api/inventory/X").exchange(), HttpStatus.METHOD_NOT_ALLOWED, "method_not_allowed");
        problem(client.get().uri("/api/nowhere").exchange(), HttpStatus.NOT_FOUND, "not_found");
        problem(
                client.put()
                        .uri("/api/inventory/X")
                        .contentType(MediaType.TEXT_PLAIN)
                        .body("7")
                        .exchange(),
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type");
    }

    @Test
    void problemsAreAnsweredAsPublished(@LocalServerPort int port) {
        PublishedAnswers.assertUnchanged(getClass(), "published-problems.txt", "http://127.0.0.1:" + port);
    }

    @Test
    void pagesListEachProductOnceInOrder() {
        var mine = List.of(stockroom.newSku(1), stockroom.newSku(2), stockroom.newSku(3));
        var seen = new ArrayList<String>();

        var page = page("limit=2");
        assertThat(page.items()).hasSize(2);
        while (page.nextCursor() != null) {
            page.items().forEach(level -> seen.add(level.sku()));
            page = page("limit=2&cursor=" + page.nextCursor());
        }
        page.items().forEach(level -> seen.add(level.sku()));

        assertThat(seen).containsAll(mine).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void theApiDescribesItselfAsCommitted(@LocalServerPort int port) {
        CommittedApi.assertUnchanged("inventory-service", getClass(), "http://127.0.0.1:" + port);
    }

    @Test
    void schemasOfEventsAreServed() {
        client.get()
                .uri("/schemas/dev.orderflow.stock.reserved.v1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("StockReserved");
    }

    private StockPage page(String query) {
        var page = client.get()
                .uri("/api/inventory?" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(StockPage.class)
                .returnResult()
                .getResponseBody();
        assertThat(page).isNotNull();
        return page;
    }

    private ResponseSpec get(String sku) {
        return client.get().uri("/api/inventory/{sku}", sku).exchange();
    }

    private ResponseSpec put(String sku, String body) {
        return client.put()
                .uri("/api/inventory/{sku}", sku)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static BodyContentSpec problem(ResponseSpec response, HttpStatus status, String code) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status.value())
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}

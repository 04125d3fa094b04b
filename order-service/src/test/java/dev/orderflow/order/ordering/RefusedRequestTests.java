package dev.orderflow.order.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.springframework.http.MediaType.APPLICATION_JSON;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** An invalid request is answered with the field at fault, and nothing is done. */
class RefusedRequestTests extends OrderRequestScenario {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                  | customerId
            {"customerId": " "}                                                 | customerId
            {"customerId": "a\\u0000b"}                                         | customerId
            {"customerId": "a\\ud800b"}                                         | customerId
            {"customerId": "ann"}                                               | lines
            {"customerId": "ann", "lines": []}                                  | lines
            {"customerId": "ann", "lines": [null]}                              | lines[0]
            {"customerId": "ann", "lines": [{"quantity": 1}]}                   | lines[0].sku
            {"customerId": "ann", "lines": [{"sku": "", "quantity": 1}]}        | lines[0].sku
            {"customerId": "ann", "lines": [{"sku": "../x", "quantity": 1}]}    | lines[0].sku
            {"customerId": "ann", "lines": [{"sku": "LAMP"}]}                   | lines[0].quantity
            {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 0}]}    | lines[0].quantity
            {"customerId": "ann", "lines": [{"sku": "A", "quantity": 100001}]}  | lines[0].quantity
            {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 1}]}    | paymentMethod
            """)
    void anInvalidFieldIsNamed(String body, String field) {
        assertThat(post(body))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .contains(field);
        verifyNoInteractions(placement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"lines": [{"sku": "LAMP", "quantity": "three"}]}  | lines[0].quantity | must be a whole number within its range
            {"lines": [{"sku": "LAMP", "quantity": "3"}]}      | lines[0].quantity | must be a whole number within its range
            {"lines": [{"sku": "LAMP", "quantity": 1.9}]}      | lines[0].quantity | must be a whole number within its range
            {"lines": [{"sku": "LAMP", "quantity": 3e10}]}     | lines[0].quantity | must be a whole number within its range
            {"lines": [{"sku": "A", "quantity": 99999999999}]} | lines[0].quantity | must be a whole number within its range
            {"lines": {"sku": "LAMP"}}                         | lines             | must be an array
            {"lines": ["LAMP"]}                                | lines[0]          | must be an object
            {"customerId": {"id": 1}}                          | customerId        | must be a string
            {"paymentMethod": "GOLD"}                          | paymentMethod     | must be one of CARD, CARD_DECLINED
            {"paymentMethod": 0}                               | paymentMethod     | must be one of CARD, CARD_DECLINED
            """)
    void aFieldOfTheWrongTypeIsNamedWithWhatItMustBe(String body, String field, String message) {
        assertThat(post(body))
                .satisfies(problem(400, "wrong_type"))
                .bodyJson()
                .extractingPath("$.errors[0]")
                .isEqualTo(Map.of("field", field, "message", message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"customerId": | malformed_json
            {]             | malformed_json
            {} {}          | wrong_type
            nonsense       | malformed_json
            []             | wrong_type
            "text"         | wrong_type
            null           | missing_body
            """)
    void aBodyThatIsNotTheExpectedJsonIsRefused(String body, String code) {
        assertThat(post(body)).satisfies(problem(400, code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"lines\": [{\"sku\": \"LAMP\", \"quantity\": 1e300000000}]}",
                "{\"lines\": [{\"sku\": \"LAMP\", \"quantity\": -1e-300000000}]}",
                "{\"unknown\": 1e300000000}"
            })
    @Timeout(5)
    void aHugeExponentIsNotExpanded(String body) {
        assertThat(post(body)).hasStatus(400);
    }

    @Test
    void deepNestingAndLongNumbersAreRefused() {
        assertThat(post("{\"unknown\": " + "[".repeat(1000) + "]".repeat(1000) + "}"))
                .satisfies(problem(400, "malformed_json"));
        assertThat(post("{\"unknown\": " + "9".repeat(1000) + "}")).satisfies(problem(400, "malformed_json"));
    }

    @Test
    void aMissingBodyIsRefused() {
        assertThat(mvc.post().uri("/api/orders").contentType(APPLICATION_JSON)).satisfies(problem(400, "missing_body"));
    }

    @Test
    void moreLinesThanAllowedAreRefused() {
        var line = "{\"sku\": \"LAMP\", \"quantity\": 1}";
        var lines = String.join(",", Collections.nCopies(1001, line));

        assertThat(post("{\"customerId\": \"ann\", \"lines\": [" + lines + "], \"paymentMethod\": \"CARD\"}"))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("lines");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherOrNotItsLengthIsKnown() {
        var large = "{\"customerId\": \"" + "a".repeat(600_000) + "\"}";

        assertThat(post(large)).satisfies(problem(413, "body_too_large"));
        assertThat(mvc.post()
                        .uri("/api/orders")
                        .contentType(APPLICATION_JSON)
                        .content(large)
                        .with(request -> {
                            var chunked =
                                    new MockHttpServletRequest(
                                            request.getServletContext(), request.getMethod(), request.getRequestURI()) {
                                        @Override
                                        public long getContentLengthLong() {
                                            return -1;
                                        }
                                    };
                            chunked.setContentType(request.getContentType());
                            chunked.setContent(large.getBytes(UTF_8));
                            return chunked;
                        }))
                .satisfies(problem(413, "body_too_large"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"XMAS\", null",
                "\"two words\"",
                "\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\""
            })
    void couponsThatNoPromotionCanHaveAreRefused(String coupons) {
        var body = VALID.replace("\"paymentMethod\"", "\"coupons\": [" + coupons + "], \"paymentMethod\"");

        assertThat(post(body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .asString()
                .startsWith("coupons");
        verifyNoInteractions(placement);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "ünicode"})
    void anIdempotencyKeyThatCannotBeStoredIsRefused(String key) {
        assertKeyRefused(key);
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsRefused() {
        assertKeyRefused("k".repeat(201));
    }

    private void assertKeyRefused(String key) {
        assertThat(mvc.post()
                        .uri("/api/orders")
                        .header("Idempotency-Key", key)
                        .contentType(APPLICATION_JSON)
                        .content(VALID))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void aBodysFieldsAreNamedAlsoWhenThereIsAnIdempotencyKey() {
        assertThat(
                        mvc.post()
                                .uri("/api/orders")
                                .header("Idempotency-Key", "k")
                                .contentType(APPLICATION_JSON)
                                .content(
                                        "{\"customerId\": \"ann\", \"lines\": [{\"sku\": \"LAMP\"}], \"paymentMethod\": \"CARD\"}"))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("lines[0].quantity");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/orders/4711, id",
        "/api/orders/019a9999-0000-7000-8000-000000000001?await=SOLD, await",
        "/api/orders/019a9999-0000-7000-8000-000000000001?await=PAID&timeout=soon, timeout",
        "/api/orders/019a9999-0000-7000-8000-000000000001?await=PAID&timeout=61s, timeout",
        "/api/orders/019a9999-0000-7000-8000-000000000001?await=PAID&timeout=-1s, timeout",
        "/api/orders?status=SOLD, status",
        "/api/orders?limit=0, limit",
        "/api/orders?limit=101, limit",
        "/api/orders?limit=many, limit"
    })
    void aParameterThatIsWrongIsNamed(String uri, String parameter) {
        assertThat(mvc.get().uri(uri))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(parameter);
    }

    @Test
    void aFilterThatNoCustomerCanMatchIsRefused() {
        assertThat(mvc.get().uri(URI.create("/api/orders?customerId=a%00b")))
                .satisfies(problem(400, "validation_failed"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("customerId");
    }

    @Test
    void aCursorThatNoPageReturnedIsRefused() {
        assertThat(mvc.get().uri("/api/orders?cursor=abc"))
                .satisfies(problem(400, "invalid_cursor"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("cursor");
    }
}

package dev.orderflow.order.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import dev.orderflow.events.Money;
import dev.orderflow.events.order.PaymentMethod;
import dev.orderflow.order.paging.Page;
import dev.orderflow.order.refusal.Refusal;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(OrderController.class)
class OrderControllerTests {

    private static final UUID ID = UUID.fromString("019a9999-0000-7000-8000-000000000001");
    private static final Instant AT = Instant.parse("2026-11-21T09:00:00.123456Z");
    private static final Money PRICE = Money.of("15.30", "GBP");
    private static final OrderView ORDER = new OrderView(
            ID,
            "ann",
            OrderStatus.PLACED,
            null,
            List.of(new OrderView.Line("LAMP", "Lamp", 1, PRICE, PRICE)),
            PRICE,
            AT,
            0,
            List.of(new OrderView.Change(OrderStatus.PLACED, AT, null)));
    private static final String VALID = """
            {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 1}], "paymentMethod": "CARD"}
            """;

    @Autowired
    MockMvcTester mvc;

    @MockitoBean
    OrderPlacement placement;

    @MockitoBean
    OrderReader reader;

    @MockitoBean
    OrderWaits waits;

    @MockitoBean
    OrderCancellation cancellation;

    @Test
    void aPlacedOrderIsAnsweredAsDocumented() {
        when(placement.place(any(), isNull())).thenReturn(ORDER);

        assertThat(post(VALID))
                .hasStatus(201)
                .hasHeader(HttpHeaders.LOCATION, "/api/orders/" + ID)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {
                          "orderId": "019a9999-0000-7000-8000-000000000001",
                          "customerId": "ann",
                          "status": "PLACED",
                          "reason": null,
                          "lines": [{
                            "sku": "LAMP",
                            "name": "Lamp",
                            "quantity": 1,
                            "unitPrice": {"amount": "15.30", "currency": "GBP"},
                            "amount": {"amount": "15.30", "currency": "GBP"}
                          }],
                          "total": {"amount": "15.30", "currency": "GBP"},
                          "placedAt": "2026-11-21T09:00:00.123456Z",
                          "version": 0,
                          "history": [{"status": "PLACED", "at": "2026-11-21T09:00:00.123456Z", "reason": null}]
                        }
                        """);
    }

    @Test
    void pricesAndOtherUnknownFieldsThatAClientSendsAreIgnored() {
        when(placement.place(any(), any())).thenReturn(ORDER);

        assertThat(post("""
                        {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 1, "unitPrice": "0.01"}],
                         "coupons": [], "paymentMethod": "CARD", "total": {"amount": "0.01", "currency": "GBP"}}
                        """)).hasStatus(201);

        verify(placement)
                .place(new PlaceOrder("ann", List.of(new PlaceOrder.Line("LAMP", 1)), PaymentMethod.CARD), null);
    }

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
    void whatIsNotTheExpectedJsonIsRefused(String body, String code) {
        assertThat(post(body)).satisfies(problem(400, code));
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

    @Test
    void couponsAreRefusedUntilThereAreSome() {
        assertThat(post("""
                        {"customerId": "ann", "lines": [{"sku": "LAMP", "quantity": 1}], "paymentMethod": "CARD",
                         "coupons": ["XMAS"]}
                        """))
                .satisfies(problem(422, "coupons_not_supported"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("coupons");
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

    @Test
    void aRefusalIsAnsweredWithItsCode() {
        when(placement.place(any(), any())).thenThrow(Refusal.conflict("request_in_progress", "Later."));

        assertThat(post(VALID)).satisfies(problem(409, "request_in_progress"));
    }

    @Test
    void withoutItsDatabaseTheServiceIsUnavailable() {
        when(placement.place(any(), any())).thenThrow(new DataAccessResourceFailureException("connection refused"));

        assertThat(post(VALID))
                .satisfies(problem(503, "temporarily_unavailable"))
                .hasHeader(HttpHeaders.RETRY_AFTER, "2");
    }

    @Test
    void anErrorOfOurOwnIsNotExplainedToClients() {
        when(placement.place(any(), any())).thenThrow(new IllegalStateException("secret"));

        assertThat(post(VALID))
                .satisfies(problem(500, "internal_error"))
                .bodyText()
                .doesNotContain("secret");
    }

    @Test
    void anOrderIsReadAfterTheWait() {
        when(reader.get(ID)).thenReturn(ORDER);

        assertThat(mvc.get().uri("/api/orders/" + ID + "?await=PAID,CANCELLED&timeout=1500ms"))
                .hasStatusOk();

        var order = inOrder(waits, reader);
        order.verify(waits).await(ID, Set.of(OrderStatus.PAID, OrderStatus.CANCELLED), Duration.ofMillis(1500));
        order.verify(reader).get(ID);
    }

    @Test
    void withoutAwaitNothingIsWaitedFor() {
        when(reader.get(ID)).thenReturn(ORDER);

        assertThat(mvc.get().uri("/api/orders/" + ID)).hasStatusOk();

        verifyNoInteractions(waits);
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
    void aClientThatWentAwayIsNoErrorOfOurs() {
        when(reader.get(ID)).thenThrow(new UncheckedIOException(new EOFException("Broken pipe")));

        assertThat(mvc.get().uri("/api/orders/" + ID)).bodyText().isEmpty();
    }

    @Test
    void aCursorThatNoPageReturnedIsRefused() {
        assertThat(mvc.get().uri("/api/orders?cursor=abc"))
                .satisfies(problem(400, "invalid_cursor"))
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("cursor");
    }

    @Test
    void aListIsFilteredAndContinued() {
        var after = new OrderCursor(AT, ID);
        when(reader.list(new OrderFilter("ann", OrderStatus.PAID), after, 5))
                .thenReturn(new Page<>(List.of(ORDER), "next"));

        assertThat(mvc.get().uri("/api/orders?customerId=ann&status=PAID&limit=5&cursor=" + after.encode()))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.items[0].orderId", id -> assertThat(id).isEqualTo(ID.toString()))
                .hasPathSatisfying("$.nextCursor", cursor -> assertThat(cursor).isEqualTo("next"));
    }

    @Test
    void aCancellationIsAccepted() {
        when(cancellation.cancel(eq(ID))).thenReturn(ORDER);

        assertThat(mvc.post().uri("/api/orders/" + ID + "/cancel")).hasStatus(202);
    }

    @Test
    void anUnknownOrderIsNotFound() {
        when(reader.get(ID)).thenThrow(OrderReader.notFound(ID));

        assertThat(mvc.get().uri("/api/orders/" + ID)).satisfies(problem(404, "order_not_found"));
    }

    @Test
    void whatHttpItselfForbidsHasACodeToo() {
        assertThat(mvc.get().uri("/api/nothing")).satisfies(problem(404, "not_found"));
        assertThat(mvc.delete().uri("/api/orders/" + ID)).satisfies(problem(405, "method_not_allowed"));
        assertThat(mvc.post().uri("/api/orders").content("<order/>").contentType("application/xml"))
                .satisfies(problem(415, "unsupported_media_type"));
    }

    private MvcTestResult post(String body) {
        return mvc.post()
                .uri("/api/orders")
                .contentType(APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private static Consumer<MvcTestResult> problem(int status, String code) {
        return result -> assertThat(result)
                .hasStatus(status)
                .hasContentType(APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPathSatisfying("$.status", value -> assertThat(value).isEqualTo(status))
                .hasPathSatisfying("$.code", value -> assertThat(value).isEqualTo(code));
    }
}

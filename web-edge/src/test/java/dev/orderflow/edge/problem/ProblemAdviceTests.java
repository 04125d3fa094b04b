package dev.orderflow.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_JSON;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

import dev.orderflow.edge.problem.ProblemProperties.Form;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class ProblemAdviceTests {

    private static final String OUTAGE = "The database is away.";

    @RestController
    static class Things {

        private static final Map<String, Refusal> REFUSALS = Map.of(
                "invalid", Refusal.invalid("bad_cursor", "No.", new Violation("cursor", "must be a cursor")),
                "unknown", Refusal.notFound("unknown", "No."),
                "conflict", Refusal.conflict("busy", "No."),
                "unacceptable",
                        Refusal.unacceptable(
                                "too_much", "No.", List.of(new Violation("b", "is bad"), new Violation("a", "is bad"))),
                "unavailable", Refusal.unavailable("away", "No."),
                "overloaded", Refusal.overloaded("No.", Duration.ofMillis(2500)),
                "brief", Refusal.overloaded("No.", Duration.ofMillis(1)));

        @GetMapping("/refusals/{kind}")
        String refuse(@PathVariable("kind") String kind) {
            throw REFUSALS.get(kind);
        }

        @GetMapping("/lost")
        String lose(@RequestParam("connection") String connection) throws IOException {
            var lost = new EOFException("Connection reset");
            switch (connection) {
                case "begin" -> throw new CannotCreateTransactionException("away", lost);
                case "commit" -> throw new TransactionSystemException("away", new SQLException("away", "08006", lost));
                case "other" -> throw new IllegalStateException(lost);
                default -> throw new ClientAbortException(lost);
            }
        }

        @PostMapping("/things")
        String add(@RequestBody @Valid Thing thing) {
            return "added " + thing;
        }

        @GetMapping("/things")
        String list(@RequestParam("limit") int limit) {
            return "up to " + limit;
        }
    }

    record Thing(@NotNull @Min(1) Integer count) {}

    @ParameterizedTest
    @CsvSource({
        "invalid, 400, bad_cursor",
        "unknown, 404, unknown",
        "conflict, 409, busy",
        "unacceptable, 422, too_much",
        "unavailable, 503, away",
        "overloaded, 429, overloaded"
    })
    void aRefusalIsAnsweredWithItsStatusAndCode(String kind, int status, String code) {
        assertThat(get(Form.FIELDS, "/refusals/" + kind))
                .hasStatus(status)
                .hasContentType(APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPathSatisfying("$.code", value -> assertThat(value).isEqualTo(code))
                .hasPathSatisfying("$.detail", value -> assertThat(value).isEqualTo("No."));
    }

    /** An empty 200 would tell the client that its request was carried out. */
    @ParameterizedTest
    @CsvSource({"begin, 503", "commit, 503", "other, 500"})
    void aConnectionThatIsLostToAnotherThanTheClientIsAFailure(String connection, int status) {
        assertThat(get(Form.FIELDS, "/lost?connection=" + connection))
                .hasStatus(status)
                .hasContentType(APPLICATION_PROBLEM_JSON);
    }

    @Test
    void aClientThatHasDisconnectedGetsNoAnswer() {
        assertThat(get(Form.FIELDS, "/lost?connection=client")).bodyText().isEmpty();
    }

    @Test
    void theFieldsAtFaultAreListedByTheirNames() {
        assertThat(get(Form.FIELDS, "/refusals/unacceptable"))
                .bodyJson()
                .extractingPath("$.errors[*].field")
                .asArray()
                .containsExactly("a", "b");
        assertThat(get(Form.FIELDS, "/refusals/conflict")).bodyText().doesNotContain("errors");
    }

    @Test
    void anOverloadedServiceSuggestsARetryInWholeSeconds() {
        assertThat(get(Form.FIELDS, "/refusals/overloaded")).hasHeader(HttpHeaders.RETRY_AFTER, "2");
        assertThat(get(Form.FIELDS, "/refusals/brief")).hasHeader(HttpHeaders.RETRY_AFTER, "1");
        assertThat(get(Form.FIELDS, "/refusals/unavailable")).doesNotContainHeader(HttpHeaders.RETRY_AFTER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            FIELDS  | {"count": 0}   | validation_failed | The request is not valid; errors says why.
            FIELDS  | {"count": "x"} | wrong_type        | A field of the body has the wrong type.
            FIELDS  | []             | wrong_type        | The body must be one JSON object.
            FIELDS  | {              | malformed_json    | The body is not well-formed JSON: see line 1, column
            FIELDS  | null           | missing_body      | The request needs a JSON body.
            SUMMARY | {"count": 0}   | validation_failed | count must be greater than or equal to 1
            SUMMARY | {"count": "x"} | validation_failed | count must be a whole number
            SUMMARY | []             | malformed_json    | the body must be a JSON object of the documented form
            LINE    | {"count": 0}   | bad_request       | count must be greater than or equal to 1
            LINE    | {"count": "x"} | bad_request       | count cannot be read: Cannot deserialize value
            LINE    | []             | bad_request       | the body is not the JSON expected here
            STATUS  | {"count": 0}   | bad_request       | Invalid request content.
            STATUS  | {"count": "x"} | bad_request       | Failed to read request
            """)
    void aBodyThatIsWrongIsAnsweredInTheFormOfTheApi(Form form, String body, String code, String detail) {
        assertBadRequest(
                mvc(form)
                        .post()
                        .uri("/things")
                        .header(HttpHeaders.ACCEPT_LANGUAGE, "en")
                        .contentType(APPLICATION_JSON)
                        .content(body)
                        .exchange(),
                code,
                detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FIELDS  | /things?limit=x | validation_failed | The request is not valid; errors says why.
            FIELDS  | /things         | validation_failed | The request is not valid; errors says why.
            SUMMARY | /things?limit=x | validation_failed | limit must be a whole number
            SUMMARY | /things         | validation_failed | limit must be given
            LINE    | /things?limit=x | bad_request       | Failed to convert 'limit' with value: 'x'
            LINE    | /things         | bad_request       | Required parameter 'limit' is not present.
            STATUS  | /things?limit=x | bad_request       | Failed to convert 'limit' with value: 'x'
            STATUS  | /things         | bad_request       | Required parameter 'limit' is not present.
            """)
    void aParameterThatIsWrongIsAnsweredInTheFormOfTheApi(Form form, String uri, String code, String detail) {
        assertBadRequest(get(form, uri), code, detail);
    }

    private static void assertBadRequest(MvcTestResult answer, String code, String detail) {
        assertThat(answer)
                .hasStatus(400)
                .hasContentType(APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPathSatisfying("$.code", value -> assertThat(value).isEqualTo(code))
                .hasPathSatisfying(
                        "$.detail", value -> assertThat(value).asString().startsWith(detail));
    }

    private static MvcTestResult get(Form form, String uri) {
        return mvc(form).get().uri(uri).exchange();
    }

    private static MockMvcTester mvc(Form form) {
        var advice = new ProblemAdvice(new ProblemProperties(form, OUTAGE).wording(), OUTAGE);
        return MockMvcTester.of(
                List.of(new Things()),
                builder -> builder.setControllerAdvice(advice).build());
    }
}

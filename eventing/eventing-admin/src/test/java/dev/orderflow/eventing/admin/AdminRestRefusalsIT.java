package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Requests of operators that are refused, with what is wrong with them. */
class AdminRestRefusalsIT extends AdminRestFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resend  | {}                          | validation_failed | ids
            resend  | {"ids":[]}                  | validation_failed | ids
            resend  | {"ids":["x"]}               | validation_failed | ids[0]
            give-up | {"reason":"x"}              | validation_failed | ids
            give-up | {"ids":[],"reason":"x"}     | validation_failed | ids
            give-up | {"all":true,"reason":"x"}   | unknown_property  | all
            """)
    void aBadBodyForHoldsIsRefused(String action, String body, String code, String field) {
        assertRefused(post("/admin/holds/" + action, body), code, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replay  | {}                                                  | selection_required  | ids
            replay  | {"all":false}                                       | selection_required  | ids
            replay  | {"filter":{}}                                       | selection_required  | filter
            replay  | {"all":true,"filter":{"type":"x"}}                  | selection_ambiguous | ids
            replay  | {"ids":[]}                                          | validation_failed   | ids
            replay  | {"ids":[null]}                                      | validation_failed   | ids[0]
            replay  | {"ids":["x"]}                                       | validation_failed   | ids[0]
            replay  | {"all":true,"before":"yesterday"}                   | validation_failed   | before
            replay  | {"all":true,"ratePerSecond":0}                      | validation_failed   | ratePerSecond
            replay  | {"all":true,"ratePerSecond":10001}                  | validation_failed   | ratePerSecond
            replay  | {"all":true,"dryrun":true}                          | unknown_property    | dryrun
            replay  | {"filter":{"type":"x","handlr":"y"}}                | unknown_property    | handlr
            discard | {"all":true,"reason":"x"}                           | unknown_property    | all
            discard | {"filter":{"type":"x"}}                             | validation_failed   | reason
            discard | {"filter":{"type":"x"},"reason":" "}                | validation_failed   | reason
            discard | {"reason":"x"}                                      | selection_required  | ids
            """)
    void aBadBodyIsRefused(String action, String body, String code, String field) {
        assertRefused(post("/admin/dead-letters/" + action, body), code, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "nonsense"})
    void aBodyThatIsNotAJsonObjectIsRefused(String body) {
        assertThat(post("/admin/dead-letters/replay", body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("malformed_json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dead-letters?limit=0         | validation_failed | limit
            dead-letters?limit=501       | validation_failed | limit
            dead-letters?limit=x         | validation_failed | limit
            dead-letters?state=BROKEN    | validation_failed | state
            dead-letters?from=yesterday  | validation_failed | from
            dead-letters?cursor=x        | invalid_cursor    | cursor
            dead-letters/x               | validation_failed | id
            dead-letters/summary?state=x | validation_failed | state
            dead-letters/replays?limit=0 | validation_failed | limit
            dead-letters/replays/x       | validation_failed | id
            holds?limit=x                | validation_failed | limit
            holds?cursor=MTIz_x          | invalid_cursor    | cursor
            audit?limit=0                | validation_failed | limit
            audit?cursor=x               | invalid_cursor    | cursor
            """)
    void badParametersAreRefused(String path, String code, String field) {
        assertRefused(get("/admin/" + path), code, field);
    }

    @Test
    void anIdOfNothingIsNotFound() {
        var id = UUID.randomUUID();
        assertThat(get("/admin/dead-letters/" + id))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("dead_letter_not_found");
        assertThat(get("/admin/dead-letters/replays/" + id))
                .hasStatus(HttpStatus.NOT_FOUND)
                .bodyJson()
                .extractingPath("$.code")
                .isEqualTo("replay_not_found");
    }

    @Test
    void anOperatorsNameIsBounded() {
        assertRefused(
                mvc.post()
                        .uri("/admin/dead-letters/replay")
                        .header("X-Operator", "x".repeat(101))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"all\":true}")
                        .exchange(),
                "validation_failed",
                "X-Operator");
    }

    private static void assertRefused(MvcTestResult result, String code, String field) {
        var problem = assertThat(result)
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson();
        problem.extractingPath("$.code").isEqualTo(code);
        problem.extractingPath("$.errors[0].field").isEqualTo(field);
    }
}

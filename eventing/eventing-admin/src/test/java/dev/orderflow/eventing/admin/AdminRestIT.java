package dev.orderflow.eventing.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.eventing.deadletter.DeadEvents;
import dev.orderflow.eventing.deadletter.RecordingRequeue;
import dev.orderflow.eventing.retry.DeadLetterBook;
import dev.orderflow.eventing.retry.Requeue;
import dev.orderflow.eventing.sample.SampleApplication;
import dev.orderflow.eventing.test.RealInfrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests the REST resources of a service with the starter. */
@RealInfrastructure
@SpringBootTest(
        classes = {SampleApplication.class, AdminRestIT.TestRequeue.class, ManagementContext.class},
        properties = {
            "spring.main.web-application-type=servlet",
            "management.server.port=0",
            "eventing.admin.enabled=true",
            "eventing.group=" + AdminRestIT.GROUP
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class AdminRestIT {

    static final String GROUP = "admin-rest";

    @Autowired
    private DeadLetterBook letters;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcClient jdbc;

    private MockMvcTester mvc;

    @TestConfiguration(proxyBeanMethods = false)
    static class TestRequeue {

        @Bean(defaultCandidate = false)
        Requeue adminRequeue(JdbcClient jdbc) {
            return new RecordingRequeue(jdbc, GROUP);
        }
    }

    @BeforeEach
    void prepare(@Autowired ManagementContext management) {
        mvc = management.mvc();
        jdbc.sql("DROP TABLE IF EXISTS requeued").update();
        RecordingRequeue.createTable(jdbc);
    }

    @Test
    void aLetterIsListedSummarizedAndShown() {
        var id = dies("listed.v1");

        var item = assertThat(get("/admin/dead-letters?type=listed.v1&state=DEAD&from=2020-01-01T00:00:00Z&cursor="))
                .hasStatusOk()
                .bodyJson();
        item.extractingPath("$.items.length()").isEqualTo(1);
        item.extractingPath("$.items[0].eventId").isEqualTo(id.toString());
        item.extractingPath("$.items[0].attempts").isEqualTo(1);
        item.extractingPath("$.items[0].heldBehind").isEqualTo(0);
        item.extractingPath("$.nextCursor").isNull();

        assertThat(get("/admin/dead-letters/summary"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[?(@.type == 'listed.v1')].count")
                .isEqualTo(List.of(1));

        var details = assertThat(get("/admin/dead-letters/" + id)).hasStatusOk().bodyJson();
        details.extractingPath("$.attempts[0].exception").isEqualTo("x.Y");
        details.extractingPath("$.payload.account").isEqualTo("a");
        details.extractingPath("$.headers.ce_type").isEqualTo("listed.v1");
        details.extractingPath("$.rootCause").isEqualTo("java.lang.IllegalStateException: broken");
    }

    @Test
    void aReplayIsAcceptedDoneAndAudited() {
        var id = dies("replayed.v1");
        var body = "{\"filter\":{\"type\":\"replayed.v1\"},\"dryRun\":%s,\"ratePerSecond\":100}";

        assertThat(post("/admin/dead-letters/replay", String.format(Locale.ROOT, body, true)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"dryRun\":true,\"matching\":1,\"heldBehind\":0}");

        var accepted = post("/admin/dead-letters/replay", String.format(Locale.ROOT, body, false));
        assertThat(accepted).hasStatus(HttpStatus.ACCEPTED);
        var location = accepted.getResponse().getHeader("Location");
        assertThat(location).startsWith("/admin/dead-letters/replays/");
        Awaitility.await()
                .atMost(Duration.ofSeconds(4))
                .untilAsserted(
                        () -> assertThat(get(location))
                                .hasStatusOk()
                                .bodyJson()
                                .isLenientlyEqualTo(
                                        "{\"requestedBy\":\"unauthenticated:ann\",\"state\":\"DONE\",\"total\":1,\"replaying\":1}"));
        assertThat(new RecordingRequeue(jdbc, GROUP).sent()).containsExactly(id);
        assertThat(get("/admin/dead-letters/replays"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[0].ratePerSecond")
                .isEqualTo(100.0);
        assertThat(get("/admin/audit?action=REPLAY_FINISHED&limit=1"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"who\":\"unauthenticated:ann\",\"result\":{\"replaying\":1}}]}");
    }

    @Test
    void lettersAreDiscardedWithAReason() {
        var id = dies("discarded.v1");
        var body = "{\"ids\":[\"" + id + "\"],\"reason\":\"test order\",\"dryRun\":%s}";

        assertThat(post("/admin/dead-letters/discard", String.format(Locale.ROOT, body, true)))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"matching\":1}");
        assertThat(post("/admin/dead-letters/discard", String.format(Locale.ROOT, body, false)))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"discarded\":1,\"released\":0}");
        assertThat(get("/admin/audit?action=DISCARDED&limit=1"))
                .bodyJson()
                .extractingPath("$.items[0].target.reason")
                .isEqualTo("test order");
    }

    /** Other tests may have left events on the broker that this service also holds. */
    @Test
    void holdsAreListedAndCounted() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset)
                VALUES (?, ?, 'test', ?, 'held.v1', 'PARKED', 1, 0, now(), '[]', 0, 0)
                """).params(GROUP, id, id.toString()).update();

        assertThat(get("/admin/holds?state=PARKED&limit=1&key=" + id))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"eventId\":\"" + id + "\",\"state\":\"PARKED\",\"waitsFor\":null}]}");
        assertThat(get("/admin/holds/summary"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.parked")
                .satisfies(parked -> assertThat((Integer) parked).isPositive());
    }

    @Test
    void heldEventsAreSentAgainOrGivenUpWithAReason() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                INSERT INTO key_hold (consumer, event_id, topic, key, type, state, hop, level, due, attempts,
                                      source_partition, source_offset, headers, payload)
                VALUES (?, ?, 'test', ?, 'held.v1', 'RETRYING', 1, 1, now() + interval '1 hour', '[]', 0, 0, '[]', '{}')
                """).params(GROUP, id, id.toString()).update();

        assertThat(post("/admin/holds/resend", "{\"ids\":[\"" + id + "\",\"" + UUID.randomUUID() + "\"]}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"resent\":1,\"parked\":0,\"dead\":0,\"unchanged\":1}");
        assertThat(post("/admin/holds/give-up", "{\"ids\":[\"" + id + "\"],\"reason\":\"a test\"}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"released\":0}");
        assertThat(get("/admin/audit?action=HOLDS_RESENT&limit=1"))
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"items\":[{\"who\":\"unauthenticated:ann\",\"target\":{\"event\":\"" + id + "\"}}]}");
        assertThat(get("/admin/holds?key=" + id))
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(0);
    }

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
    void whatIsNoJsonObjectIsRefused(String body) {
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
    void anOperatorsNameMayNotBeEndless() {
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

    private UUID dies(String type) {
        var event = DeadEvents.event(DeadEvents.source("a", type), false, new IllegalStateException("broken"), 1);
        new TransactionTemplate(transactions).executeWithoutResult(status -> letters.died(List.of(event)));
        return event.source().id();
    }

    private MvcTestResult get(String uri) {
        return mvc.get().uri(uri).exchange();
    }

    private MvcTestResult post(String uri, String body) {
        return mvc.post()
                .uri(uri)
                .header("X-Operator", "ann")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
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
